"""Calls AWS APIs for a test: each line of standard input is [service, operation, parameters], each line out its answer.

Usage: aws.py ENDPOINT REGION
"""

import base64
import json
import sys

import boto3
from botocore.exceptions import BotoCoreError, ClientError

ENDPOINT, REGION = sys.argv[1:]


def as_json(value):
    if hasattr(value, "read"):
        return base64.b64encode(value.read()).decode()
    return value.isoformat()


def answer(service, operation, parameters):
    client = boto3.client(
        service,
        region_name=REGION,
        endpoint_url=ENDPOINT,
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
    try:
        response = getattr(client, operation)(**parameters)
        response.pop("ResponseMetadata", None)
        return {"response": response}
    except ClientError as error:
        return {"error": error.response["Error"]["Code"]}
    except (BotoCoreError, AttributeError) as error:
        return {"error": str(error)}


for line in sys.stdin:
    print(json.dumps(answer(*json.loads(line)), default=as_json), flush=True)
