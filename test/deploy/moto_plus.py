"""moto's server with the resource types of our stack that its CloudFormation lacks, and mended (see moto_mended.py).

Each type forwards to moto's own public API, so that a test that asks that API sees what CloudFormation made.

Usage: moto_plus.py PORT
"""

import json
import os
import secrets
import string
import sys
import threading

import boto3
import moto_mended
from moto.core.common_models import CloudFormationModel

PORT = sys.argv[1]


def client(service, region):
    return boto3.client(
        service,
        region_name=region,
        endpoint_url=f"http://127.0.0.1:{PORT}",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )


def register(type_name, write, remove=None, name_property="", attributes=("Arn",)):
    """Adds a resource type. `write(region, properties, name, old)` creates or updates; it gives id and attributes."""

    def written(cls, name, definition, region, old=None):
        resource_id, values = write(region, dict(definition.get("Properties", {})), name, old)
        model = cls()
        model.physical_resource_id, model.values = resource_id, values
        return model

    def create(cls, resource_name, cloudformation_json, account_id, region_name, **names):
        identifier = moto_mended.adopted.get(names["LogicalId"])
        return written(cls, identifier or resource_name, cloudformation_json, region_name)

    def update(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
        old = original_resource.physical_resource_id
        return written(cls, old, cloudformation_json, region_name, old)

    def delete(self, account_id, region_name):
        if remove is not None:
            remove(region_name, self.physical_resource_id)

    # moto looks at direct subclasses only, and takes the service from the name of the module.
    type(
        type_name.replace("::", ""),
        (CloudFormationModel,),
        {
            "__module__": "moto.cloudformation.plus",
            "physical_resource_id": None,
            "cloudformation_type": staticmethod(lambda: type_name),
            "cloudformation_name_type": staticmethod(lambda: name_property),
            "has_cfn_attr": classmethod(lambda cls, name: name in attributes),
            "get_cfn_attribute": lambda self, name: self.values[name],
            "is_created": lambda self: True,
            "create_from_cloudformation_json": classmethod(create),
            "update_from_cloudformation_json": classmethod(update),
            "delete": delete,
        },
    )


# How each secret's value was last asked for: CloudFormation writes it anew, over what people entered, when that changes.
asked = {}


def put_secret(region, properties, name, old):
    manager = client("secretsmanager", region)
    how = [properties.get("SecretString"), properties.get("GenerateSecretString")]
    if old or name.startswith("arn:"):
        arn = manager.describe_secret(SecretId=old or name)["ARN"]
        if old and asked[arn] != how:
            manager.put_secret_value(SecretId=arn, SecretString=initial(*how))
    else:
        made = manager.create_secret(
            Name=name,
            SecretString=initial(*how),
            Description=properties.get("Description", ""),
            Tags=properties.get("Tags", []),
        )
        arn = made["ARN"]
    asked[arn] = how
    return arn, {"Id": arn}


def initial(text, generator):
    return generated(generator) if text is None else text


def generated(how):
    letters = string.ascii_letters + string.digits + ("" if how.get("ExcludePunctuation") else string.punctuation)
    password = "".join(secrets.choice(letters) for _ in range(how.get("PasswordLength", 32)))
    return json.dumps({**json.loads(how["SecretStringTemplate"]), how["GenerateStringKey"]: password})


def put_table(region, properties, name, old):
    dynamodb = client("dynamodb", region)
    (replica,) = properties["Replicas"]
    exists = old or name in dynamodb.list_tables()["TableNames"]
    if not exists:
        dynamodb.create_table(
            TableName=name,
            KeySchema=properties["KeySchema"],
            AttributeDefinitions=properties["AttributeDefinitions"],
            BillingMode=properties["BillingMode"],
            DeletionProtectionEnabled=replica.get("DeletionProtectionEnabled", False),
            Tags=replica.get("Tags", []),
        )
    dynamodb.update_continuous_backups(
        TableName=name, PointInTimeRecoverySpecification=replica["PointInTimeRecoverySpecification"]
    )
    return name, {"Arn": dynamodb.describe_table(TableName=name)["Table"]["TableArn"]}


def put_alarm(region, properties, name, old):
    cloudwatch = client("cloudwatch", region)
    # Newer than the SDK that moto comes with; the template's own tests look at it.
    properties.pop("WarmUpConfiguration", None)
    cloudwatch.put_metric_alarm(**{"AlarmName": name, **properties})
    (alarm,) = cloudwatch.describe_alarms(AlarmNames=[name])["MetricAlarms"]
    return name, {"Arn": alarm["AlarmArn"]}


def put_queue_policy(region, properties, name, old):
    for url in properties["Queues"]:
        policy = {"Policy": json.dumps(properties["PolicyDocument"])}
        client("sqs", region).set_queue_attributes(QueueUrl=url, Attributes=policy)
    return name, {}


def put_topic_policy(region, properties, name, old):
    for arn in properties["Topics"]:
        client("sns", region).set_topic_attributes(
            TopicArn=arn, AttributeName="Policy", AttributeValue=json.dumps(properties["PolicyDocument"])
        )
    return name, {}


def put_subscription(region, properties, name, old):
    made = client("sns", region).subscribe(**properties, ReturnSubscriptionArn=True)
    return made["SubscriptionArn"], {}


def put_invoke_config(region, properties, name, old):
    client("lambda", region).put_function_event_invoke_config(**properties)
    return name, {}


register(
    "AWS::SecretsManager::Secret",
    put_secret,
    lambda region, arn: client("secretsmanager", region).delete_secret(
        SecretId=arn, ForceDeleteWithoutRecovery=True
    ),
    name_property="Name",
    attributes=("Id",),
)
register(
    "AWS::DynamoDB::GlobalTable",
    put_table,
    lambda region, name: client("dynamodb", region).delete_table(TableName=name),
    name_property="TableName",
)
register(
    "AWS::CloudWatch::Alarm",
    put_alarm,
    lambda region, name: client("cloudwatch", region).delete_alarms(AlarmNames=[name]),
    name_property="AlarmName",
)
register("AWS::SQS::QueuePolicy", put_queue_policy)
register("AWS::SNS::TopicPolicy", put_topic_policy)
register(
    "AWS::SNS::Subscription",
    put_subscription,
    lambda region, arn: client("sns", region).unsubscribe(SubscriptionArn=arn),
)
register("AWS::Lambda::EventInvokeConfig", put_invoke_config)



def end_with_parent():
    sys.stdin.read()  # ends with the process that started this one, by whatever signal
    os._exit(0)


if __name__ == "__main__":
    from moto.server import main

    threading.Thread(target=end_with_parent, daemon=True).start()
    main(["-H", "127.0.0.1", "-p", PORT])
