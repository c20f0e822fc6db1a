"""Rehearses an installation against moto's CloudFormation, in this process and without a network.

    python3 rehearse.py ROOT

Every template under ROOT is transformed as SAM does it, with no other slice built, and created as a stack: infra first,
then the slices, each after those whose exports it imports. One slice is then updated to another runtime, and everything
is deleted in reverse order. Prints JSON: what the emulated services have then, per kind, what moto has no support for and
was therefore left out, what the update changed, and what the deletions left behind. Exit code 1 with a sentence on standard
error where something fails.
"""

import ast
import json
import logging
import os
import re
import socket
import sys
import tomllib
import warnings
from functools import cache
from pathlib import Path

REGION = "us-east-1"
# As the local cloud has it, so that ARNs can be compared.
ACCOUNT = "000000000000"
STAGE = "dev"
PARAMETERS = {"Stage": STAGE, "JwtIssuer": "https://issuer.local", "JwtAudience": "storyline"}
BUCKET, KEY = "rehearsal", "function.zip"

os.environ.update(MOTO_ACCOUNT_ID=ACCOUNT, AWS_DEFAULT_REGION=REGION)
warnings.simplefilter("ignore")
logging.disable(logging.WARNING)

try:
    from moto import mock_aws
    from samtranslator.translator.transform import transform
    from samtranslator.yaml_helper import intrinsics_multi_constructor
except ImportError as missing:
    print(f"rehearsal: skipped, {(missing.name or 'moto').split('.')[0]} is not installed")
    sys.exit(0)

import boto3
import yaml
from moto.cloudformation.custom_model import CustomModel
from moto.cloudformation.parsing import get_model_map
from moto.events.models import EventBus


class NoManagedPolicies:
    """Functions name no managed policy but Lambda's own, which SAM writes as an ARN by itself."""

    def load(self):
        return {}


class Intrinsics(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """Reads the short form of intrinsic functions, in C where that is there."""


Intrinsics.add_multi_constructor("!", intrinsics_multi_constructor)


class Stack:
    """One template, transformed, with the parameters that its samconfig.toml tells."""

    def __init__(self, root, file, context=None, told=None):
        self.path = f"infra/{context}" if context else file.relative_to(root).as_posix()
        self.told = told or {}
        parts = Path(self.path).parts
        self.infra = context is not None
        self.context = parts[1]
        self.name = f"storyline-{STAGE}-{self.context}" + ("" if self.infra else f"-{parts[2]}")
        template = yaml.load(file.read_text(encoding="utf-8"), Intrinsics)
        if "Transform" in template:
            # What sam deploy does with the zip: the code is in a bucket.
            for function in [template.get("Globals", {}).get("Function"), *template["Resources"].values()]:
                properties = function if function is None else function.get("Properties", function)
                if properties is not None and "CodeUri" in properties:
                    properties["CodeUri"] = f"s3://{BUCKET}/{KEY}"
            template = transform(template, {}, NoManagedPolicies())
            template.pop("Transform", None)
        self.template = template

    def named(self, key):
        """The names under one key of an intrinsic function, with stage and context filled in."""
        return {
            found.replace("${Stage}", STAGE).replace("${Context}", self.context)
            for found in re.findall(r'"%s": \{"Fn::Sub": "([^"]*)"' % key, json.dumps(self.template))
        }

    def imports(self):
        return self.named("Fn::ImportValue")

    def exports(self):
        return self.named("Name")

    def values(self, changed):
        told = {**PARAMETERS, **self.told, **changed}
        return {
            name: str(told.get(name, parameter.get("Default", "")))
            for name, parameter in self.template["Parameters"].items()
        }

    def arguments(self, body, changed):
        return {
            "StackName": self.name,
            "TemplateBody": body,
            "Parameters": [
                {"ParameterKey": name, "ParameterValue": value} for name, value in self.values(changed).items()
            ],
            "Capabilities": ["CAPABILITY_IAM"],
        }

    def holds(self, condition, values):
        """Whether a condition is true under these parameters."""
        if isinstance(condition, str):
            return self.holds(self.template["Conditions"][condition], values)
        (function, argument), = condition.items()
        if function == "Condition":
            return self.holds(argument, values)
        if function == "Fn::Not":
            return not self.holds(argument[0], values)
        if function == "Fn::Or":
            return any(self.holds(one, values) for one in argument)
        assert function == "Fn::Equals", function
        left, right = (self.value(one, values) for one in argument)
        return str(left) == str(right)

    @staticmethod
    def value(one, values):
        """A side of an equation: a text, a parameter, or the elements of a list parameter joined."""
        if not isinstance(one, dict):
            return one
        if "Fn::Join" in one:
            separator, parameter = one["Fn::Join"]
            return separator.join(part.strip() for part in values[parameter["Ref"]].split(","))
        return values[one["Ref"]]


def in_order(stacks):
    """Each after those that export what it imports, under whatever condition."""
    owners = {name: stack for stack in stacks for name in stack.exports()}
    ordered = []

    def visit(stack, way):
        if stack in way:
            raise SystemExit("These stacks import from each other: " + ", ".join(one.path for one in way))
        if stack in ordered:
            return
        for name in sorted(stack.imports()):
            if name not in owners:
                raise SystemExit(f"{stack.path} imports {name}, which no template exports")
            if owners[name] is not stack:
                visit(owners[name], way + [stack])
        ordered.append(stack)

    for stack in sorted(stacks, key=lambda one: (not one.infra, one.path)):
        visit(stack, [])
    return ordered


def stand_in_for_what_moto_lacks():
    """No code runs here, so a function's answer to its birth is taken for granted; and moto does not know a bus by its name."""

    def answered(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        custom = CustomModel(region_name, "rehearsal", kwargs["LogicalId"], resource_name)
        custom.set_data({})
        return custom

    CustomModel.create_from_cloudformation_json = classmethod(answered)
    EventBus.physical_resource_id = property(lambda bus: bus.name)


def refuse_the_network(*_):
    raise OSError("the rehearsal uses no network")


def without(value, gone):
    """Text in the place of what refers to a resource that is left out."""
    if isinstance(value, list):
        return [without(one, gone) for one in value]
    if not isinstance(value, dict):
        return value
    if value.get("Ref") in gone:
        return value["Ref"]
    attribute = value.get("Fn::GetAtt")
    if attribute is not None:
        resource, _, name = attribute.partition(".") if isinstance(attribute, str) else (attribute[0], "", attribute[1])
        if resource in gone:
            return f"{resource}.{name}"
    text = value.get("Fn::Sub")
    if isinstance(text, str):
        return {"Fn::Sub": re.sub(r"\$\{(\w+)(\.\w+)?}", lambda m: m[1] if m[1] in gone else m[0], text)}
    return {name: without(one, gone) for name, one in value.items()}


def is_known(resource_type):
    return resource_type.startswith("Custom::") or resource_type in get_model_map()


class Rehearsal:
    def __init__(self):
        self.skipped = {}

    def body(self, stack, changed):
        """The template without what moto does not know, and without outputs that CloudFormation would leave out."""
        values = stack.values(changed)
        resources = stack.template["Resources"]
        gone = {name for name, one in resources.items() if not is_known(one["Type"])}
        for name in gone:
            self.skipped.setdefault(resources[name]["Type"], set()).add(stack.path)
        body = {**stack.template, "Resources": {name: one for name, one in resources.items() if name not in gone}}
        body["Outputs"] = {
            name: one
            for name, one in stack.template.get("Outputs", {}).items()
            if "Condition" not in one or stack.holds(one["Condition"], values)
        }
        return json.dumps(without(body, gone))

    def create(self, stack, changed):
        client("cloudformation").create_stack(**stack.arguments(self.body(stack, changed), changed))
        return self.status(stack.name)

    def update(self, stack, changed):
        client("cloudformation").update_stack(**stack.arguments(self.body(stack, changed), changed))
        return self.status(stack.name)

    def delete(self, stack):
        client("cloudformation").delete_stack(StackName=stack.name)

    def status(self, name):
        return client("cloudformation").describe_stacks(StackName=name)["Stacks"][0]["StackStatus"]

@cache
def client(service):
    return boto3.client(service, region_name=REGION)


def pages(service, operation, key, **arguments):
    return [one for page in client(service).get_paginator(operation).paginate(**arguments) for one in page.get(key, [])]


def tables():
    told = {}
    for name in pages("dynamodb", "list_tables", "TableNames"):
        table = client("dynamodb").describe_table(TableName=name)["Table"]
        told[name] = {
            "attributes": {one["AttributeName"]: one["AttributeType"] for one in table["AttributeDefinitions"]},
            "keys": {one["AttributeName"]: one["KeyType"] for one in table["KeySchema"]},
            "indexes": [
                {
                    "name": index["IndexName"],
                    "keys": {one["AttributeName"]: one["KeyType"] for one in index["KeySchema"]},
                    "projection": index["Projection"]["ProjectionType"],
                    "included": index["Projection"].get("NonKeyAttributes", []),
                }
                for index in table.get("GlobalSecondaryIndexes", [])
            ],
            "stream": table.get("StreamSpecification", {}).get("StreamViewType", ""),
            "streamArn": table.get("LatestStreamArn", ""),
            "billing": table.get("BillingModeSummary", {}).get("BillingMode", "PROVISIONED"),
            "protected": table.get("DeletionProtectionEnabled", False),
        }
    return told


def queues():
    told = {}
    for url in pages("sqs", "list_queues", "QueueUrls"):
        attributes = client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
        redrive = json.loads(attributes.get("RedrivePolicy", "{}"))
        told[attributes["QueueArn"]] = {
            "maxReceives": int(redrive.get("maxReceiveCount", 0)),
            "deadLetters": redrive.get("deadLetterTargetArn", ""),
        }
    return told


def policy(role):
    statements = []
    for name in pages("iam", "list_role_policies", "PolicyNames", RoleName=role):
        # Moto tells what came by CloudFormation as Python writes it, not as JSON.
        document = ast.literal_eval(client("iam").get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"])
        # It leaves a gap where AWS::NoValue takes an element away.
        for statement in filter(None, document["Statement"]):
            statements.append(
                {
                    "actions": statement["Action"],
                    "resource": statement["Resource"],
                    "condition": statement.get("Condition", {}),
                }
            )
    return statements


def functions():
    return pages("lambda", "list_functions", "Functions")


def with_policies(listed):
    return {
        one["FunctionArn"]: {
            "environment": one.get("Environment", {}).get("Variables", {}),
            "timeout": one["Timeout"],
            "memory": one["MemorySize"],
            "runtime": one["Runtime"],
            "policy": policy(one["Role"].split("/")[-1]),
        }
        for one in listed
    }


def mappings():
    return [
        {
            "function": one["FunctionArn"],
            "source": one["EventSourceArn"],
            "batchSize": one["BatchSize"],
            "bisect": one.get("BisectBatchOnFunctionError", False),
            "responses": one.get("FunctionResponseTypes", []),
            "retries": one.get("MaximumRetryAttempts", -1),
            "oldestSeconds": one.get("MaximumRecordAgeInSeconds", -1),
            "onFailure": one.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination", ""),
            "startingPosition": one.get("StartingPosition", ""),
        }
        for one in pages("lambda", "list_event_source_mappings", "EventSourceMappings")
    ]


def rules():
    told = []
    for bus in client("events").list_event_buses()["EventBuses"]:
        for rule in pages("events", "list_rules", "Rules", EventBusName=bus["Name"]):
            told.append(
                {
                    "bus": bus["Name"],
                    "pattern": json.loads(rule.get("EventPattern", "{}")),
                    "schedule": rule.get("ScheduleExpression", ""),
                    "targets": [
                        {"arn": one["Arn"], "input": json.loads(one.get("Input", "{}"))}
                        for one in pages(
                            "events", "list_targets_by_rule", "Targets", Rule=rule["Name"], EventBusName=bus["Name"]
                        )
                    ],
                }
            )
    return told


def everything():
    return {
        "tables": tables(),
        "queues": queues(),
        "functions": with_policies(functions()),
        "mappings": mappings(),
        "rules": rules(),
    }


def contexts(root):
    """One stack for each environment of infra/samconfig.toml."""
    settings = tomllib.loads((root / "infra/samconfig.toml").read_text(encoding="utf-8"))
    told = {name: value["deploy"]["parameters"] for name, value in sorted(settings.items()) if isinstance(value, dict)}
    return [
        Stack(
            root,
            root / "infra" / deploy["template_file"],
            context,
            dict(parameter.split("=", 1) for parameter in deploy["parameter_overrides"].split()),
        )
        for context, deploy in told.items()
    ]


def rehearse(root):
    slices = [Stack(root, file) for file in sorted(root.glob("functions/*/*/template.yaml"))]
    stacks = in_order(contexts(root) + slices)
    rehearsal = Rehearsal()
    for stack in stacks:
        step(stack, "created", "CREATE_COMPLETE", lambda: rehearsal.create(stack, {}))
    told = everything()
    changed = next(stack for stack in stacks if not stack.infra)
    step(
        changed,
        "updated",
        "UPDATE_COMPLETE",
        lambda: rehearsal.update(changed, {"Runtime": "provided.al2023"}),
    )
    after = {one["FunctionArn"]: one["Runtime"] for one in functions()}
    updated = {arn: runtime for arn, runtime in after.items() if runtime != told["functions"][arn]["runtime"]}
    for stack in reversed(stacks):
        step(stack, "deleted", None, lambda: rehearsal.delete(stack))
    left = everything()
    return {
        "stacks": [stack.path for stack in stacks],
        "skipped": {kind: len(paths) for kind, paths in sorted(rehearsal.skipped.items())},
        **told,
        "updated": {
            "stack": changed.path,
            "functions": updated,
        },
        "left": {kind: list(found) for kind, found in left.items()},
    }


def step(stack, done, status, action):
    try:
        found = action()
    except Exception as problem:
        raise SystemExit(f"{stack.path} cannot be {done}: {problem}") from problem
    if found != status:
        raise SystemExit(f"{stack.path} is not {done}: {found}")


def main():
    if len(sys.argv) != 2:
        raise SystemExit("Say which repository: python3 rehearse.py ROOT")
    socket.socket.connect = refuse_the_network
    stand_in_for_what_moto_lacks()
    with mock_aws():
        client("s3").create_bucket(Bucket=BUCKET)
        client("s3").put_object(Bucket=BUCKET, Key=KEY, Body=b"a zip")
        json.dump(rehearse(Path(sys.argv[1])), sys.stdout, indent=1)


if __name__ == "__main__":
    main()
