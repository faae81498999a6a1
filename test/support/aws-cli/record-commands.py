"""Writes commands.json: the options and shapes of the AWS CLI's commands that our documents and outputs may use.

Needs the AWS CLI in this Python (pip install awscli). Not run by any test: run it again, by
`python3 test/support/aws-cli/record-commands.py`, when a document wants another command or AWS has a new option.
"""

import json
import pathlib

import awscli
import awscli.clidriver
import botocore

COMMANDS = {
    'cloudformation': ['describe-stacks', 'describe-stack-events', 'detect-stack-drift', 'delete-stack'],
    'cloudwatch': ['describe-alarms', 'describe-alarm-history', 'get-metric-statistics', 'set-alarm-state',
                   'disable-alarm-actions', 'enable-alarm-actions'],
    'dynamodb': ['get-item', 'update-item', 'delete-item', 'query', 'update-table', 'delete-table', 'describe-table',
                 'describe-continuous-backups', 'restore-table-to-point-in-time',
                 'update-continuous-backups'],
    'events': ['list-rule-names-by-target', 'describe-rule', 'enable-rule', 'disable-rule'],
    'lambda': ['get-function', 'get-function-configuration', 'get-function-concurrency',
               'put-function-concurrency', 'delete-function-concurrency', 'get-account-settings', 'invoke',
               'list-event-source-mappings', 'update-event-source-mapping'],
    'logs': ['start-query', 'get-query-results', 'filter-log-events', 'describe-log-groups'],
    'secretsmanager': ['get-secret-value', 'put-secret-value', 'describe-secret', 'delete-secret',
                       'restore-secret', 'get-random-password'],
    'service-quotas': ['request-service-quota-increase', 'get-service-quota'],
    'sns': ['list-subscriptions-by-topic', 'subscribe', 'publish'],
    'sqs': ['get-queue-attributes', 'get-queue-url', 'receive-message', 'delete-message', 'send-message',
            'change-message-visibility', 'start-message-move-task', 'list-message-move-tasks',
            'cancel-message-move-task', 'delete-queue', 'purge-queue'],
    'sts': ['get-caller-identity'],
}


def shape_of(shape, shapes):
    """Puts a shape and what it holds into `shapes`; returns its name."""
    name = shape.name
    if name in shapes:
        return name
    entry = shapes[name] = {'type': shape.type_name}
    if shape.type_name == 'structure':
        entry['required'] = list(shape.required_members)
        entry['members'] = {key: shape_of(member, shapes) for key, member in shape.members.items()}
    elif shape.type_name == 'list':
        entry['member'] = shape_of(shape.member, shapes)
    elif shape.type_name == 'map':
        entry['key'] = shape_of(shape.key, shapes)
        entry['value'] = shape_of(shape.value, shapes)
    elif getattr(shape, 'enum', None):
        entry['enum'] = list(shape.enum)
    return name


def argument_of(name, argument, shapes):
    model = argument.argument_model
    member = getattr(argument, '_serialized_name', None)
    is_modelled = member is not None and model is not None
    return {
        'name': name,
        'required': bool(argument.required),
        'positional': bool(getattr(argument, 'positional_arg', False)),
        'type': argument.cli_type_name,
        **({'member': member, 'shape': shape_of(model, shapes)} if is_modelled else {}),
    }


def service_of(commands, names):
    shapes = {}
    operations = {}
    for name in names:
        operation = commands[name]
        model = operation._operation_model
        operations[name] = {
            'api': model.name,
            'arguments': [argument_of(key, value, shapes) for key, value in operation.arg_table.items()],
            **({'output': shape_of(model.output_shape, shapes)} if model.output_shape else {}),
        }
    return {'operations': operations, 'shapes': shapes}


driver = awscli.clidriver.create_clidriver()
table = driver._get_command_table()
recorded = {
    'recordedFrom': f'aws-cli {awscli.__version__}, botocore {botocore.__version__}',
    'globals': {
        name: {'takesValue': getattr(option, '_action', None) not in ('store_true', 'store_false', 'version')}
        for name, option in driver._get_argument_table().items()
    },
    'services': {name: service_of(table[name]._get_command_table(), names) for name, names in COMMANDS.items()},
}
path = pathlib.Path(__file__).with_name('commands.json')
path.write_text(json.dumps(recorded, separators=(',', ':')).replace('},"', '},\n"') + '\n')
print(path, path.stat().st_size, 'bytes')
