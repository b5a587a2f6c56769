//! The client of SQS: a deployed stage's by the environment, a local one's by its endpoint.

use anyhow::Context as _;
use aws_config::{BehaviorVersion, Region};
use aws_sdk_sqs::Client;
use aws_sdk_sqs::config::{Credentials, SharedHttpClient};
use aws_sdk_sqs::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::{Builder, tls};

use crate::cli::QueueChoice;

/// Makes a client. Opens no connection.
///
/// # Errors
/// When nothing says which region is meant.
pub(crate) async fn connect(place: &QueueChoice) -> anyhow::Result<Client> {
    let endpoint = place.endpoint.clone().or_else(|| {
        ["AWS_ENDPOINT_URL_SQS", "AWS_ENDPOINT_URL"]
            .iter()
            .find_map(|name| std::env::var(name).ok())
    });
    let is_plain = endpoint.as_deref().is_some_and(|url| url.starts_with("http://"));
    let mut loader =
        aws_config::defaults(BehaviorVersion::latest()).http_client(http_client(is_plain));
    if let Some(endpoint) = endpoint {
        loader = loader.endpoint_url(endpoint);
    }
    // A local stage takes any key and one region. Other emulators keep accounts and regions apart by what is set.
    if is_plain && !is_set(&["AWS_ACCESS_KEY_ID"]) {
        let key = Credentials::new("local", "local", None, None, "local");
        loader = loader.credentials_provider(key);
    }
    if is_plain && !is_set(&["AWS_REGION", "AWS_DEFAULT_REGION"]) {
        loader = loader.region(Region::new("us-east-1"));
    }
    let config = loader.load().await;
    config.region().context(
        "no region: set AWS_REGION for a deployed stage, or pass the AWS endpoint of a local stage with --endpoint",
    )?;
    Ok(Client::new(&config))
}

/// Whether the environment has one of these variables.
fn is_set(names: &[&str]) -> bool {
    names.iter().any(|name| std::env::var(name).is_ok_and(|value| !value.is_empty()))
}

fn http_client(is_plain: bool) -> SharedHttpClient {
    if is_plain {
        Builder::new().build_http()
    } else {
        Builder::new().tls_provider(tls::Provider::Rustls(CryptoMode::AwsLc)).build_https()
    }
}

/// An error of a call as a person wants it: what the service said, or else what happened on the way to it.
pub(crate) fn told<E>(error: SdkError<E>) -> anyhow::Error
where
    E: std::error::Error + ProvideErrorMetadata + 'static,
{
    match (error.code(), error.message()) {
        (Some(code), Some(message)) => anyhow::anyhow!("{code}: {message}"),
        (Some(code), None) => anyhow::anyhow!("{code}"),
        _ => anyhow::anyhow!("{}", DisplayErrorContext(error)),
    }
}
