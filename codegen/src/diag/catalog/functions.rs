//! What a function is given (`x-lambda`), and cannot be.

use crate::diag::{Diagnostic, Key};
use crate::source::Span;

/// A key about a secret where none is named.
#[must_use]
pub fn no_secret(at: Span, key: &str) -> Diagnostic {
    Diagnostic::error("bad-secret", format!("`{key}` has no effect without a secret"), at)
        .help("name one: `secret: shop/db` in Secrets Manager, or `parameter: /shop/db` in Parameter Store")
}

/// A secret and a parameter in one place.
#[must_use]
pub fn two_secrets(at: Span) -> Diagnostic {
    Diagnostic::error("bad-secret", "a variable has one value: a secret or a parameter", at)
        .help("remove one of them")
}

/// A default beside a secret.
#[must_use]
pub fn secret_with_default(at: Span) -> Diagnostic {
    Diagnostic::error("bad-secret", "a secret has no default in a contract", at)
        .help("remove `default`; the local stage takes values from `infra/local.secrets.toml`")
}

/// A name or ARN that no secret or parameter has.
#[must_use]
pub fn bad_secret(at: Span, id: &str, is_parameter: bool, why: &str) -> Diagnostic {
    let (what, example) = match is_parameter {
        true => ("a parameter", "parameter: /shop/db"),
        false => ("a secret", "secret: shop/db"),
    };
    let help =
        format!("write `{example}`, or an ARN; `${{AWS::StackName}}` differs between stages");
    Diagnostic::error("bad-secret", format!("`{id}` is not the name or ARN of {what}"), at)
        .here(why)
        .help(help)
}

/// The ARN of something other than a key.
#[must_use]
pub fn bad_kms_key(at: Span, arn: &str) -> Diagnostic {
    Diagnostic::error("bad-secret", format!("`{arn}` is not the ARN of a KMS key"), at).help(
        "write the key's ARN, such as `arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/…`: IAM does not \
         accept aliases; a secret that the account's own key encrypts needs none",
    )
}

/// The URL of an outside service is not a URL.
#[must_use]
pub fn bad_url(at: Span, text: &str) -> Diagnostic {
    Diagnostic::error("bad-environment", format!("`{text}` is not the URL of a service"), at)
        .help("start it with `https://`; write `url: {}` if each stage sets it")
}

/// A default of a stage with a pseudo parameter, which CloudFormation substitutes in no default.
#[must_use]
pub fn default_substituted(at: Span, text: &str) -> Diagnostic {
    let message = format!("`{}` is not substituted in a default", text.escape_debug());
    Diagnostic::error("bad-environment", message, at).help(
        "write it as the value itself, without `default`, or give the value in the settings of each stage",
    )
}

/// Two variables of one name.
#[must_use]
pub fn variable_twice(at: Span, name: &str, first: Span) -> Diagnostic {
    Diagnostic::error("bad-environment", format!("`{name}` already exists"), at)
        .also(first, "the other variable")
        .help("rename one of them; a secret `X` is the variable `X_SECRET`, and a service `x` has `X_URL`")
}

/// A layer without version, or something else.
#[must_use]
pub fn bad_layer(at: Span, arn: &str) -> Diagnostic {
    Diagnostic::error("bad-layer", format!("`{arn}` is not the ARN of a layer version"), at)
        .help("write `arn:aws:lambda:REGION:ACCOUNT:layer:NAME:VERSION`")
}

/// Two versions of one layer.
#[must_use]
pub fn layer_twice(at: Span) -> Diagnostic {
    Diagnostic::error("bad-layer", "the function has this layer already", at)
        .help("remove one of the versions: Lambda allows one of each layer")
}

/// More layers than Lambda takes.
#[must_use]
pub fn too_many_layers(at: Span, found: usize, most: u32) -> Diagnostic {
    Diagnostic::error(
        "bad-layer",
        format!("a function has {found} layers, but at most {most} are allowed"),
        at,
    )
}

/// More provisioned environments than the function may have.
#[must_use]
pub fn provisioned_above_reserved(at: Span, reserved: u64) -> Diagnostic {
    let message =
        format!("the function may have {reserved} execution environments (`reservedConcurrency`)");
    Diagnostic::error("bad-deployment", message, at).help(match reserved {
        0 => "remove `provisionedConcurrency`, or allow invocations with `reservedConcurrency`"
            .to_owned(),
        most => format!("write at most {most}"),
    })
}

/// A deployment that shifts in no way, or in two.
#[must_use]
pub fn one_shift(at: Span) -> Diagnostic {
    Diagnostic::error("bad-deployment", "a deployment shifts traffic in exactly one way", at).help(
        "write `deployment: {canary: {percent: 10, minutes: 5}}`, `{linear: {percent: 10, minutes: 1}}` or `allAtOnce`",
    )
}

/// A deployment that takes longer than CodeDeploy allows.
#[must_use]
pub fn too_slow(at: Span) -> Diagnostic {
    Diagnostic::error("bad-deployment", "the deployment would take more than 48 hours", at)
        .help("use a larger share or shorter steps")
}

/// One variable in two functions of a service, read in different ways.
#[must_use]
pub fn setting_differs(at: Span, name: &str, first: Span) -> Diagnostic {
    let message =
        format!("`{name}` is one field of the service's settings, and has another kind elsewhere");
    Diagnostic::error("bad-environment", message, at)
        .also(first, "the other variable")
        .help("use the same kind, `key` and `refreshSeconds` in every function of the service, or another name")
}

/// More in a function's variables than Lambda takes.
#[must_use]
pub fn variables_too_large(at: Span, function: &str, found: usize, most: u32) -> Diagnostic {
    let message = format!(
        "the variables of the function `{function}` have at least {found} bytes, but Lambda allows {most}"
    );
    Diagnostic::error("function-too-large", message, at)
        .help("put long values into Parameter Store, and name each: `parameter: /shop/limits`")
}

/// More in a role's policy than IAM takes.
#[must_use]
pub fn policy_too_large(at: Span, function: &str, found: usize, most: u32) -> Diagnostic {
    let message = format!(
        "the role of the function `{function}` needs a policy of at least {found} characters, but IAM allows {most}"
    );
    Diagnostic::error("function-too-large", message, at).help(
        "move some tables or events, with the operations that use them, to another service: each service has its own function",
    )
}

/// An action that applies to none of the resources beside it.
#[must_use]
pub fn idle_action(at: Span, action: &str, help: String) -> Diagnostic {
    let message = format!("`{action}` applies to none of these resources, so nothing is allowed");
    Diagnostic::warning("statement-without-effect", message, at).help(help)
}

/// An outside service that is called without encryption.
#[must_use]
pub fn url_not_encrypted(at: Span, url: &str) -> Diagnostic {
    let message = "requests to this service are not encrypted";
    let rest = url.strip_prefix("http://").unwrap_or(url);
    Diagnostic::warning("service-not-encrypted", message, at)
        .help(format!("write `https://{rest}`"))
}

/// A statement that allows what the contracts limit.
#[must_use]
pub fn undoes_contract(at: Span, action: &str, key: &str) -> Diagnostic {
    let message =
        format!("`{action}` on these resources allows the function more than `{key}` says");
    Diagnostic::warning("statement-undoes-contract", message, at)
        .help(format!("name what the function does in `{key}`, or the one resource outside of the system by its ARN"))
}

/// Two functions of one name.
#[must_use]
pub fn function_twice(at: Span, name: &str, first: Span) -> Diagnostic {
    Diagnostic::error("function-twice", format!("the function `{name}` already exists"), at)
        .also(first, "the other function")
        .help("rename one of them: `x-lambda: {name: …}`")
}

/// A function name that Lambda does not take.
#[must_use]
pub fn bad_function_name(at: Span, name: &str) -> Diagnostic {
    Diagnostic::error("bad-function-name", format!("`{name}` is not a valid function name"), at)
        .help("use at most 56 lowercase letters, digits and `-`, starting with a letter")
}

/// A variable whose name Lambda does not take.
#[must_use]
pub fn bad_variable(at: Span, name: &str) -> Diagnostic {
    Diagnostic::error(
        "bad-environment",
        format!("`{name}` is not a valid environment variable name"),
        at,
    )
    .help("use at least two letters, digits and `_`, starting with a letter")
}

/// A variable that is set by somebody else.
#[must_use]
pub fn variable_taken(at: Span, name: &str) -> Diagnostic {
    Diagnostic::error("bad-environment", format!("`{name}` is set by Lambda or the generator"), at)
        .help("names like `AWS_…`, `LAMBDA_…`, `…_TABLE` and `…_BUS` are reserved; choose another name")
}

/// A variable that is no text.
#[must_use]
pub fn variable_no_text(at: Span, name: &str) -> Diagnostic {
    Diagnostic::error(
        "bad-environment",
        format!("`{name}` must be a string, a number or a boolean"),
        at,
    )
}

/// Two variables of one parameter that are not the same.
#[must_use]
pub fn variable_differs(at: Span, name: &str, first: Span) -> Diagnostic {
    let message =
        format!("`{name}` is one setting of a stage, and has another name or default elsewhere");
    Diagnostic::error("bad-environment", message, at)
        .also(first, "the other variable")
        .help("use the same name and default, or another name")
}

/// A parameter that not every template has.
#[must_use]
pub fn unknown_pseudo(at: Span, name: &str) -> Diagnostic {
    let message = match name.starts_with("AWS::") {
        true => format!("`${{{name}` is not a pseudo parameter, or lacks its `}}`"),
        false => format!("`${{{name}}}` is not a pseudo parameter"),
    };
    Diagnostic::error("bad-environment", message, at).help(
        "use `${AWS::AccountId}`, `Partition`, `Region`, `StackId`, `StackName` or `URLSuffix`",
    )
}

/// An action that IAM does not know the form of.
#[must_use]
pub fn bad_action(at: Span, name: &str) -> Diagnostic {
    Diagnostic::error("bad-statement", format!("`{name}` is not an IAM action"), at)
        .help("name each action, such as `s3:GetObject`; wildcards would also allow actions that are added later")
}

/// A resource that is no ARN.
#[must_use]
pub fn bad_arn(at: Span, name: &str) -> Diagnostic {
    Diagnostic::error("bad-statement", format!("`{name}` is not an ARN"), at).help(
        "write an ARN, such as `arn:${AWS::Partition}:s3:::pictures/*`, or `*` for actions that do not support resources",
    )
}

/// A statement that allows nothing, or does not say why.
#[must_use]
pub fn empty_statement(at: Span) -> Diagnostic {
    let message = "a statement needs actions, resources and a reason";
    Diagnostic::error("bad-statement", message, at)
}

/// A function behind the API that may take longer than the API waits.
#[must_use]
pub fn timeout_behind_api(at: Span, found: u64) -> Diagnostic {
    let message =
        format!("API Gateway times out after 29 seconds, but the function's timeout is {found}");
    Diagnostic::error("timeout-behind-api", message, at).help("write `timeout: 29` or less")
}

/// A setting of asynchronous invocation on the REST function.
#[must_use]
pub fn not_for_api(entry: Key<'_>) -> Diagnostic {
    let message = format!("`{}` has no effect on a function behind the API", entry.name);
    Diagnostic::error("bad-delivery", message, entry.span)
}
