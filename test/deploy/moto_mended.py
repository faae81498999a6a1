"""Where moto 5.2 does otherwise than AWS, as far as our stack meets it: mended by being imported.

- `RetainExceptOnCreate` keeps a resource when its stack is deleted; moto deletes it.
- `cdk import` adopts what exists; moto ignores the identifiers.
- An update of a stack changes a function's reserved concurrency and a log group's retention; moto forgets the first, and
  with the second the whole log group.
- A function's reserved concurrency needs a quota that leaves enough unreserved; moto has no quota. CONCURRENCY_QUOTA is
  the account's, 10 in a new one.
- Who receives from a FIFO queue blocks the message's group for others; moto gives two that ask together the same group.
- Messages of a group that are visible again come in their order; moto hands out the last of them first.
"""

import os
import threading
import time

from moto.awslambda.models import LambdaFunction
from moto.cloudformation.models import CloudFormationBackend
from moto.cloudformation.parsing import ResourceMap
from moto.cloudformation.responses import CloudFormationResponse
from moto.core.exceptions import JsonRESTError
from moto.logs.models import LogGroup
from moto.sqs.models import SQSBackend

# Identifiers of the resources that the import in hand adopts, by logical id.
adopted = {}

delete_resources = ResourceMap.delete
create_change_set = CloudFormationResponse.create_change_set
execute_change_set = CloudFormationBackend.execute_change_set
create_function = LambdaFunction.create_from_cloudformation_json
update_function = LambdaFunction.update_from_cloudformation_json

QUOTA = int(os.environ.get("CONCURRENCY_QUOTA", "1000"))
# What AWS keeps unreserved.
LEAST_UNRESERVED = min(QUOTA, 100)

queues = threading.RLock()
# Between two looks of a long poll, seconds.
LOOK = 0.05


def delete_unless_kept(resources):
    for definition in resources._resource_json_map.values():
        if definition.get("DeletionPolicy") == "RetainExceptOnCreate":
            definition["DeletionPolicy"] = "Retain"
    delete_resources(resources)


def remember_identifiers(response):
    for entry in response._get_param("ResourcesToImport", []):
        (adopted[entry["LogicalResourceId"]],) = entry["ResourceIdentifier"].values()
    return create_change_set(response)


def execute_and_forget(backend, *names, **named):
    try:
        return execute_change_set(backend, *names, **named)
    finally:
        adopted.clear()


def create_within_quota(cls, resource_name, cloudformation_json, *names, **named):
    reserved = cloudformation_json["Properties"].get("ReservedConcurrentExecutions")
    if reserved is not None and QUOTA - int(reserved) < LEAST_UNRESERVED:
        raise JsonRESTError(
            "InvalidParameterValueException",
            "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution"
            f" below its minimum value of [{LEAST_UNRESERVED}].",
        )
    return create_function(resource_name, cloudformation_json, *names, **named)


def update_reserved_concurrency(cls, *, cloudformation_json, **named):
    function = update_function(cloudformation_json=cloudformation_json, **named)
    function.reserved_concurrency = cloudformation_json["Properties"].get("ReservedConcurrentExecutions")
    return function


def update_retention(cls, *, original_resource, cloudformation_json, **named):
    original_resource.retention_in_days = cloudformation_json["Properties"].get("RetentionInDays")
    return original_resource


def one_at_a_time(method):
    def locked(*names, **named):
        with queues:
            return method(*names, **named)

    return locked


receive_message = SQSBackend.receive_message


def receive_in_order(backend, queue_name, *rest):
    pending = backend.get_queue(queue_name).pending_messages
    pending -= {message for message in pending if message.visible}
    return receive_message(backend, queue_name, *rest)


receive_now = one_at_a_time(receive_in_order)


def receive(backend, queue_name, count, wait_seconds_timeout, visibility_timeout, message_attribute_names=None):
    end = time.monotonic() + wait_seconds_timeout
    while True:
        found = receive_now(backend, queue_name, count, 0, visibility_timeout, message_attribute_names)
        if found or time.monotonic() >= end:
            return found
        time.sleep(LOOK)


ResourceMap.delete = delete_unless_kept
CloudFormationResponse.create_change_set = remember_identifiers
CloudFormationBackend.execute_change_set = execute_and_forget
LambdaFunction.create_from_cloudformation_json = classmethod(create_within_quota)
LambdaFunction.update_from_cloudformation_json = classmethod(update_reserved_concurrency)
LogGroup.update_from_cloudformation_json = classmethod(update_retention)
SQSBackend.receive_message = receive
for name in ["send_message", "send_message_batch", "delete_message", "change_message_visibility"]:
    setattr(SQSBackend, name, one_at_a_time(getattr(SQSBackend, name)))
