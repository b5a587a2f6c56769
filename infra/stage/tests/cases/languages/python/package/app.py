"""A handler in a package, with whatever the event asks for."""

import decimal
import logging
import sys

import helper


def handler(event, context):
    act = event["act"]
    if act == "fails":
        raise helper.Strange("not like this")
    if act == "number":
        return {"price": decimal.Decimal("19.90"), "text": "Grüße"}
    if act == "set":
        return {1, 2}
    if act == "prints":
        print("printed by the handler")
    if act == "exits":
        sys.exit(3)
    logging.getLogger().warning("asked for %s", act)
    return {"act": act, "remaining": context.get_remaining_time_in_millis() > 0, "memory": context.memory_limit_in_mb}
