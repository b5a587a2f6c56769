//! What a function is given (`x-lambda`), and cannot be.

use crate::diag::Diagnostic;
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
