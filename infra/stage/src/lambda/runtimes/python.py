"""The client of the Lambda Runtime API for functions in Python, which the stage starts the interpreter with.

Finds the handler as Lambda does (`folder/module.function`), hands it events with a context, and reports answers and
errors in Lambda's form.
"""

import decimal
import http.client
import importlib
import json
import logging
import os
import re
import sys
import time
import traceback
import uuid

TASK_ROOT = os.environ["LAMBDA_TASK_ROOT"]
BASE = "/2018-06-01/runtime/"
connection = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
request_id = None


class Fault(Exception):
    """An error of the runtime itself, with its type."""

    def __init__(self, kind, message, trace=()):
        super().__init__(message)
        self.kind = kind
        self.trace = list(trace)


def call(method, route, body=None, headers=None):
    """One exchange with the Runtime API."""
    if isinstance(body, str):
        body = body.encode()
    connection.request(method, BASE + route, body, {"Content-Type": "application/json", **(headers or {})})
    response = connection.getresponse()
    return response.status, response.headers, response.read()


# Stands before the digits of a decimal until the text around it is written.
DECIMAL = f"decimal-{uuid.uuid4()}:"


def plain(value):
    if isinstance(value, decimal.Decimal):
        return DECIMAL + str(value) if value.is_finite() else float(value)
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


def to_json(value):
    """JSON as Lambda writes it: decimals are numbers, and text is not escaped from Python 3.12 on."""
    minor = os.environ.get("AWS_EXECUTION_ENV", "").rpartition("python3.")[2]
    is_escaped = not minor.isdigit() or int(minor) < 12
    text = json.dumps(value, default=plain, ensure_ascii=is_escaped)
    return re.sub(f'"{DECIMAL}([^"]*)"', r"\1", text)


def described(error):
    """What Lambda tells of an error."""
    if isinstance(error, Fault):
        kind, trace = error.kind, error.trace
    else:
        kind = type(error).__name__
        frames = traceback.extract_tb(error.__traceback__)
        trace = traceback.format_list([frame for frame in frames if frame.filename != __file__])
    return {"errorMessage": str(error), "errorType": kind, "requestId": request_id or "", "stackTrace": trace}


def report(route, error):
    told = described(error)
    lines = [f"[ERROR] {told['errorType']}: {told['errorMessage']}", "Traceback (most recent call last):"]
    print("\n".join(lines + [line.rstrip("\n") for line in told["stackTrace"]]), flush=True)
    call("POST", route, json.dumps(told), {"Lambda-Runtime-Function-Error-Type": told["errorType"]})


class Identity:
    """Who calls through Amazon Cognito: nobody."""

    cognito_identity_id = None
    cognito_identity_pool_id = None


class Client:
    """The parts of a client context."""

    def __init__(self, parts):
        for name, value in (parts or {}).items():
            setattr(self, name, value)


class ClientContext:
    """What a client of a mobile SDK says of itself."""

    def __init__(self, parts):
        self.custom = parts.get("custom")
        self.env = parts.get("env")
        self.client = Client(parts.get("client"))


class Context:
    """The second argument of a handler."""

    def __init__(self, headers):
        client = headers.get("Lambda-Runtime-Client-Context")
        self._deadline_ms = int(headers.get("Lambda-Runtime-Deadline-Ms"))
        self.aws_request_id = headers.get("Lambda-Runtime-Aws-Request-Id")
        self.invoked_function_arn = headers.get("Lambda-Runtime-Invoked-Function-Arn")
        self.function_name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = os.environ["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = os.environ["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = os.environ["AWS_LAMBDA_LOG_STREAM_NAME"]
        self.identity = Identity()
        self.client_context = ClientContext(json.loads(client)) if client else None
        self.tenant_id = None

    def get_remaining_time_in_millis(self):
        return max(self._deadline_ms - int(time.time() * 1000), 0)

    def log(self, message):
        sys.stdout.write(str(message))


class WithRequest(logging.Filter):
    """Gives every record the id of the request."""

    def filter(self, record):
        record.aws_request_id = request_id or ""
        return True


class AsJson(logging.Formatter):
    """Writes a record as an object on a line of its own, with what the handler gives as `extra` beside Lambda's own keys."""

    def format(self, record):
        is_object = isinstance(record.msg, dict) and not record.args
        kind, error, trace = record.exc_info if record.exc_info else (None, None, None)
        line = {
            "timestamp": self.formatTime(record, self.datefmt),
            "level": logging.getLevelName(min(record.levelno, 50) // 10 * 10),
            "message": record.msg if is_object else record.getMessage(),
            "logger": record.name,
            "requestId": record.aws_request_id,
            "errorType": kind and kind.__name__,
            "errorMessage": kind and str(error),
            "stackTrace": kind and traceback.format_tb(trace),
            "location": kind and f"{record.pathname}:{record.funcName}:{record.lineno}",
        }
        known = vars(logging.makeLogRecord({})).keys() | {"aws_request_id"} | line.keys()
        line |= {name: value for name, value in vars(record).items() if name not in known}
        line = {name: value for name, value in line.items() if value is not None}
        return json.dumps(line, default=str, ensure_ascii=False)


def log_as_lambda():
    handler = logging.StreamHandler(sys.stdout)
    if os.environ.get("AWS_LAMBDA_LOG_FORMAT") == "JSON":
        formatter = AsJson(datefmt="%Y-%m-%dT%H:%M:%SZ")
        level = os.environ.get("AWS_LAMBDA_LOG_LEVEL", "").upper()
        level = {"TRACE": "DEBUG", "FATAL": "CRITICAL"}.get(level, level)
        logging.getLogger().setLevel(getattr(logging, level, logging.WARNING))
    else:
        form = "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s"
        formatter = logging.Formatter(form, "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    handler.addFilter(WithRequest())
    logging.getLogger().addHandler(handler)


def handler_of(name):
    module_name, dot, function = name.rpartition(".")
    if not dot:
        raise Fault("Runtime.MalformedHandlerName", f"Bad handler '{name}': it must be MODULE.FUNCTION")
    if module_name.split(".")[0] in sys.builtin_module_names:
        raise Fault(
            "Runtime.BuiltInModuleConflict", f"Cannot use built-in module {module_name} as a handler module"
        )
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        remedy = ""
        if error.name in ("boto3", "botocore"):
            remedy = " (Lambda brings the SDK along and the stage does not: pip install boto3)"
        raise Fault("Runtime.ImportModuleError", f"Unable to import module '{module_name}': {error}{remedy}")
    except SyntaxError as error:
        place = f'  File "{error.filename}" Line {error.lineno}\n    {error.text}'
        raise Fault("Runtime.UserCodeSyntaxError", f"Syntax error in module '{module_name}': {error}", [place])
    if not hasattr(module, function):
        raise Fault("Runtime.HandlerNotFound", f"Handler '{function}' missing on module '{module_name}'")
    return getattr(module, function)


def warn_of_old_sdk():
    """SDKs from before 2023 do not read AWS_ENDPOINT_URL: what they ask would go to AWS."""
    sdk = sys.modules.get("botocore")
    version = getattr(sdk, "__version__", "")
    parts = [int(part) for part in version.split(".")[:2] if part.isdigit()]
    if parts and parts < [1, 31]:
        message = f"botocore {version} does not read AWS_ENDPOINT_URL, so its requests do not reach the stage; use 1.31 or newer"
        raise Fault("Runtime.OldSdk", message)


def answer(handler, body, context):
    result = handler(json.loads(body), context)
    try:
        return result if isinstance(result, bytes) else to_json(result)
    except Exception as error:
        raise Fault("Runtime.MarshalError", f"Unable to marshal response: {error}")


def serve(handler):
    global request_id
    while True:
        status, headers, body = call("GET", "invocation/next")
        if status != 200:
            return
        context = Context(headers)
        request_id = context.aws_request_id
        os.environ["_X_AMZN_TRACE_ID"] = headers.get("Lambda-Runtime-Trace-Id", "")
        try:
            result = answer(handler, body, context)
            print(end="", flush=True)
            call("POST", f"invocation/{request_id}/response", result)
        except Exception as error:
            report(f"invocation/{request_id}/error", error)


def main():
    # A pipe is buffered, and what is in the buffer when the process is frozen or ends nobody would see.
    sys.stdout.reconfigure(line_buffering=True)
    sys.path[0] = TASK_ROOT
    log_as_lambda()
    try:
        handler = handler_of(os.environ["_HANDLER"])
        warn_of_old_sdk()
    except BaseException as error:
        report("init/error", error)
        sys.exit(1)
    serve(handler)


main()
