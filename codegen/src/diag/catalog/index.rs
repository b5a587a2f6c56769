//! Every error code for invalid contracts, with a short description.
//!
//! These are always errors: nothing could be generated. A test demands a row for each code that a constructor here
//! gives an error.

/// The codes, sorted, each with a description.
const CODES: &[(&str, &str)] = &[
    ("alias-bomb", "YAML aliases that expand to more nodes than the limit"),
    ("all-of-circle", "`allOf` that refers to the schema that contains it"),
    ("all-of-too-deep", "`allOf` that is nested too deeply"),
    ("anchor-cycle", "a YAML alias inside the node that it repeats"),
    ("bad-access", "an `x-dynamodb-access` that grants nothing"),
    ("bad-binding", "a key of `x-dynamodb` that has no effect on the action"),
    ("bad-bus-name", "an event bus name that EventBridge does not allow"),
    ("bad-condition", "a condition that is invalid or not supported"),
    ("bad-cors", "CORS settings that browsers refuse"),
    ("bad-defaults", "an invalid setting in `spec/defaults.yaml`"),
    ("bad-delivery", "a setting of asynchronous invocation on a function that polls a queue"),
    ("bad-deployment", "a deployment of a function that Lambda or CodeDeploy does not allow"),
    ("bad-detail-type", "a detail-type that EventBridge does not allow"),
    ("bad-environment", "an environment variable that Lambda does not allow, or that is reserved"),
    ("bad-expression", "a reference to a field of a message that is not a runtime expression"),
    ("bad-function-name", "a function name that Lambda does not allow"),
    ("bad-error", "an `x-error` that does not match its schema"),
    (
        "bad-group",
        "a FIFO queue without message group ID, a group ID on a standard queue, or an optional field as group ID",
    ),
    ("bad-idempotency", "a table that cannot store the receipts of repeated requests"),
    ("bad-attribute", "an invalid `x-attribute`"),
    ("bad-existing", "an existing table without a valid location"),
    ("bad-index-name", "an index name that DynamoDB does not allow"),
    ("bad-index", "an index that DynamoDB does not allow"),
    ("bad-key", "a property or composed key that cannot be a table key"),
    (
        "bad-generated",
        "an `x-generated` value that its property cannot hold, or that is not stored",
    ),
    ("bad-set", "a property that cannot be stored as a set"),
    (
        "existing-table-open",
        "an existing table whose other attributes are neither hidden nor shown",
    ),
    ("bad-layer", "a layer that Lambda does not allow"),
    ("bad-objective", "an `x-objective` that no alarm can watch"),
    ("bad-operation-id", "an `operationId` without a letter or digit"),
    ("bad-owner", "an owner that is not a claim, or whose property is not a key"),
    ("bad-http-scheme", "an unknown HTTP authentication scheme"),
    ("bad-path", "a path that is not supported"),
    ("bad-pattern", "an event pattern that matches no event, or that EventBridge does not allow"),
    ("bad-queue", "settings or tags of a queue that SQS does not allow"),
    ("bad-queue-name", "a queue name that SQS does not allow"),
    ("bad-rule-name", "a rule name that EventBridge does not allow"),
    ("bad-schedule", "a schedule that EventBridge does not allow, or that is not allowed here"),
    ("bad-schedule-input", "the input of a schedule does not match the payload of its message"),
    ("bad-scheme", "an incomplete or insecure security scheme"),
    ("bad-secret", "a secret or parameter that does not have a valid name"),
    ("bad-service-name", "a folder name that is not a valid service name"),
    ("bad-statement", "an invalid IAM statement, or one without a reason"),
    (
        "bad-stream",
        "a table stream that is used as a queue or bus, or a setting that it does not have",
    ),
    ("bad-status", "a response key that is not a status code"),
    ("bad-table-name", "a table name that DynamoDB does not allow"),
    ("bad-transitions", "state transitions of a property without matching `enum` values"),
    ("bad-ttl", "a time to live that is not an integer"),
    ("bad-wire-name", "a name of a parameter or header that HTTP cannot carry"),
    ("bad-version", "a second version, or a version that the service cannot count"),
    ("beside-binding", "a key for hand-written code on an operation whose code is generated"),
    ("binding-body", "a request body that does not match what the bound action stores"),
    ("binding-change", "a change of an item that is not allowed"),
    ("binding-key", "a table key that no parameter or body property provides"),
    ("binding-method", "a bound action that reads or writes, unlike the method of its operation"),
    ("binding-parameter", "a parameter that is missing, or has the wrong type for the binding"),
    ("binding-parameter-unused", "a parameter or property that the bound action ignores"),
    ("binding-response", "a response that does not match what the bound action returns"),
    ("binding-unset", "a required property that neither the client nor the service sets"),
    ("both-ways", "a property that is both read-only and write-only"),
    ("complex-key", "a YAML key that is not a string"),
    ("dead-letter-kind", "a standard queue with a FIFO dead-letter queue, or the reverse"),
    (
        "dead-letter-retention",
        "a dead-letter queue that keeps messages no longer than its source queue",
    ),
    (
        "described-twice",
        "a parameter or header with `schema` and `content`, or with several media types",
    ),
    ("dynamic-reference", "a CloudFormation dynamic reference outside of descriptions"),
    ("duplicate-key", "a YAML key that occurs twice"),
    ("empty-file", "an empty file"),
    ("empty-range", "a minimum above the maximum"),
    ("exclusive-flag", "a boolean `exclusiveMinimum` or `exclusiveMaximum` in OpenAPI 3.1"),
    ("fifo-name", "a FIFO queue without `.fifo`, or a standard queue with it"),
    ("foreign-tag", "an unknown YAML tag"),
    ("form-not-object", "a form that is not an object with properties"),
    ("function-too-large", "a function with more variables, or a larger policy, than AWS allows"),
    ("function-twice", "two functions of the same name"),
    ("index-twice", "two indexes of the same name"),
    ("item-not-object", "a table whose items are not objects"),
    ("items-list", "a list of schemas in `items`"),
    ("message-of-other-channel", "an operation with a message that is not in its channel"),
    ("logical-id-twice", "two names that become one logical ID in the template"),
    ("message-twice", "two messages that a receiver cannot distinguish"),
    ("misplaced-keyword", "a keyword among the names of schemas, paths or statuses"),
    ("misplaced-extension", "an extension where it has no effect"),
    ("missing-key", "a missing required key"),
    ("multiple-of", "a `multipleOf` that is not positive"),
    ("name-too-long", "a physical name that is too long for AWS with the stack name in front"),
    ("never-sent", "a received event, or version of an event, that no service sends"),
    ("no-alternative", "a union without alternatives"),
    ("no-document", "a `service.yaml` that names a document that does not exist"),
    ("no-finite-value", "a schema that requires itself"),
    ("no-location", "a `Location` header although no operation reads the item"),
    ("no-media-type", "a body without a media type"),
    ("no-queue", "an event source mapping without a queue"),
    ("no-ref-here", "a reference where none is allowed"),
    ("no-schema", "a parameter or header without a schema"),
    ("no-service", "a folder of contracts without a service"),
    ("no-version", "a document without a version of its standard"),
    ("not-a-choice", "a value that is not one of the allowed values"),
    ("not-json", "an infinity or NaN"),
    ("not-json-message", "a message whose content type is not JSON"),
    ("not-told-apart", "a serialization of an array or object that is ambiguous"),
    ("nothing-described", "a document without paths, components and webhooks"),
    ("nothing-fits", "a schema that no value matches"),
    ("operation-id-twice", "two operations with the same `operationId`"),
    ("other-standard", "a document of another standard than its file name says"),
    ("other-version", "a document of an unsupported version"),
    ("out-of-range", "a number outside the range that AWS allows"),
    ("parameter-content", "a parameter or header with an unsupported media type"),
    ("owner-not-enforced", "a bound operation that cannot restrict callers to their own items"),
    (
        "parameter-twice",
        "two parameters of the same name and location, or two headers of the same name",
    ),
    ("querystring-beside", "`in: querystring` beside another one, or beside `in: query`"),
    ("path-parameter-optional", "a path parameter without `required: true`"),
    ("path-twice", "two paths that match the same requests, or a path in two services"),
    ("pattern", "an invalid ECMA-262 regular expression"),
    ("pattern-unreachable", "an event pattern that never matches one of the operation's messages"),
    ("payload-is-envelope", "a payload that describes the whole event, and not its `detail`"),
    ("payload-not-object", "an event payload that is not an object"),
    ("payloads-disagree", "a payload that the receiver refuses"),
    ("queue-twice", "a queue that is used twice"),
    ("redrive-elsewhere", "a redrive policy that refers to another dead-letter queue"),
    ("ref-circle", "a cycle of references"),
    ("ref-kind", "a reference to an object of the wrong type"),
    ("ref-outside", "a reference that points outside the contracts folder"),
    ("remote-ref", "a reference to another host"),
    ("required-refused", "a required property that the schema itself does not allow"),
    ("reserved-source", "an event source that is reserved for AWS"),
    ("reserved-too-low", "a reserved concurrency that is lower than the concurrency of polling"),
    ("rule-twice", "two EventBridge rules of the same name"),
    ("schema-format", "an unsupported schema language"),
    ("scheme-twice", "two different security schemes of the same name"),
    ("security-not-enforced", "security requirements that generated code cannot enforce"),
    ("several-documents", "several YAML documents in one file"),
    ("table-twice", "two tables of the same name"),
    ("template-too-large", "a template that exceeds the limits of CloudFormation"),
    ("timeout-behind-api", "a function behind the API with a timeout above 29 seconds"),
    ("too-deep", "YAML that is nested too deeply"),
    ("too-many-digits", "a number with more than 38 significant digits"),
    ("two-documents", "two documents of the same kind for one service"),
    ("undeclared-path-parameter", "a parameter in a path that is not declared"),
    ("undeclared-status", "a response for a failed condition that the operation does not declare"),
    (
        "unexplained",
        "contracts that were refused without a reason, which is a bug in the generator",
    ),
    ("unknown-attribute", "a key or attribute that the items do not have"),
    ("unknown-auth-type", "an `x-amazon-apigateway-authtype` without an authorizer"),
    ("unknown-authorizer", "an authorizer that is incomplete, or that REST APIs do not support"),
    ("unknown-dialect", "a `$schema` that is not a known JSON Schema dialect"),
    ("unknown-extension", "an extension with a name similar to a known one"),
    ("unknown-index", "an index that the table does not have"),
    ("unknown-key", "a key that this object does not have"),
    ("unknown-message", "a message in `x-publishes` that the service does not send"),
    ("unknown-scheme", "a security scheme that is not defined"),
    ("unknown-table", "a table that the service does not have"),
    ("unreadable-file", "a file that cannot be read"),
    ("unresolved-ref", "a reference to something that does not exist"),
    ("unsupported-key", "an unsupported keyword"),
    ("unsupported-reply", "a `reply` without a channel"),
    ("unsupported-style", "a parameter style that is not allowed in its location"),
    ("visibility-timeout", "a visibility timeout that is too short for the function"),
    ("write-only-stored", "a write-only property in a table or an event"),
    ("workflow-action", "an action of a workflow that has no target, or is never taken"),
    ("workflow-body", "a request body that the operation does not accept"),
    ("workflow-circle", "steps or workflows that wait for each other"),
    ("workflow-correlation", "a correlation ID for a message that declares none"),
    ("workflow-criterion", "a condition that is invalid, or never true"),
    ("workflow-data", "an invalid `x-test-data`"),
    ("workflow-empty", "an empty list in a workflow"),
    ("workflow-expression", "an invalid runtime expression, or one without a value here"),
    ("workflow-inputs", "workflow inputs that are not an object"),
    ("workflow-key", "a key that has no effect on this step"),
    ("workflow-load", "an invalid `x-workload`"),
    ("workflow-name", "a name that expressions cannot refer to"),
    ("workflow-order", "a value that is not available yet"),
    ("workflow-parameter", "a parameter that is missing, or that is not used"),
    ("workflow-promise", "an invalid `x-promise`"),
    ("workflow-source", "a source description that does not refer to one of the contracts"),
    ("workflow-target", "a step without a single, unambiguous target"),
    ("workflow-twice", "a name that is used twice"),
    ("workflow-unknown", "a reference to something that does not exist"),
    ("workflow-value", "a value that does not match its schema"),
    ("workflow-version", "a key of Arazzo 1.1 in a document of version 1.0"),
    ("workflow-xpath", "an XPath expression"),
    ("wrong-kind", "a value of the wrong type"),
    ("yaml-syntax", "invalid YAML"),
];

/// All of them, by code.
pub fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    CODES.iter().copied()
}

/// The description of a code.
#[must_use]
pub fn find(code: &str) -> Option<&'static str> {
    CODES.iter().find(|(known, _)| *known == code).map(|(_, about)| *about)
}

/// A code that is not always an error and has no level of its own in a policy.
#[derive(Debug, Clone, Copy)]
pub struct Told {
    /// The code.
    pub code: &'static str,
    /// Its severity: `a note`.
    pub severity: &'static str,
    /// What it says.
    pub about: &'static str,
    /// What to do.
    pub help: &'static str,
}

/// The findings about the run, the policy and what is left to people.
const TOLD: &[Told] = &[
    Told {
        code: "baseline-grew",
        severity: "an error",
        about: "a file of known findings has a finding that the base did not have",
        help: "Fix the new finding instead of adding it to the file",
    },
    Told {
        code: "baseline-not-compared",
        severity: "a note",
        about: "a file of known findings that the base does not have, so nobody can tell whether it grew",
        help: "Review every line of the file, or name a git ref that has it: `--baseline-since REF`",
    },
    Told {
        code: "consumer",
        severity: "an error",
        about: "an entry of a registered consumer that cannot be read",
        help: "Correct the entry as the finding says",
    },
    Told {
        code: "expired-ignore",
        severity: "an error",
        about: "an ignore of the policy whose date has passed",
        help: "Fix the finding that it ignores, or set a later date with a reason",
    },
    Told {
        code: "known-finding-gone",
        severity: "an error",
        about: "a file of known findings names one that is not found any more",
        help: "Remove its line, so that the finding cannot come back unseen",
    },
    Told {
        code: "policy",
        severity: "an error",
        about: "a policy, or a comment that ignores a finding, that cannot be read as it is written",
        help: "Correct it as the finding says: a rule that is misspelt ignores nothing",
    },
    Told {
        code: "policy-relaxed",
        severity: "a note",
        about: "the policy accepts something that it did not accept at the base",
        help: "Review the ignore or the level together with the change that it accepts",
    },
    Told {
        code: "rules-left-out",
        severity: "a note",
        about: "rules that were not applied, because the contracts have errors",
        help: "Fix the errors, and run the command again",
    },
    Told {
        code: "stage-parameter",
        severity: "a note",
        about: "a parameter without default that a stage's settings do not set",
        help: "Set it in `infra/stages/<stage>.toml`, or give it to `codegen deploy` by `--parameter`",
    },
    Told {
        code: "stale-output",
        severity: "an error",
        about: "a generated file that differs from what the contracts produce",
        help: "Run `codegen` and commit the generated files. Without generated files in the repository, use `codegen lint` \
               and `codegen diff`",
    },
    Told {
        code: "unused-ignore",
        severity: "a warning for rules on contracts, a note for rules on changes",
        about: "an ignore of the policy that matches no finding",
        help: "Remove it: it would hide the finding if it came back",
    },
    Told {
        code: "unused-levels",
        severity: "a warning",
        about: "levels of the policy below a place that no file of the contracts has",
        help: "Correct `where`: no finding has these levels now",
    },
    Told {
        code: "verified-by-own-code",
        severity: "a note",
        about: "credentials that the generated authorizer cannot verify: HTTP authentication other than `bearer`, a further \
                API key, a client certificate",
        help: "Implement `authorizer::Callers`, and call `authorizer::run` in a program named `authorizer`; \
               `codegen new --from` and `codegen add service` begin it in `services/authorizer`",
    },
];

/// What is told beside errors and rules, by code.
#[must_use]
pub fn told(code: &str) -> Option<&'static Told> {
    TOLD.iter().find(|told| told.code == code)
}

/// The codes that [`told`] knows.
pub fn told_codes() -> impl Iterator<Item = &'static str> {
    TOLD.iter().map(|told| told.code)
}
