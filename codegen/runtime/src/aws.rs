//! The SDK's configuration and its clients, made once and only when they are used.
//!
//! Owns how a function reaches AWS: region, endpoint and credentials come from the variables that Lambda sets, read
//! here directly. The SDK's own search (files, metadata services, single sign-on) finds nothing else in a function;
//! it is asked only where those variables are missing, which is to say outside of one.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use aws_config::environment::EnvironmentVariableCredentialsProvider;
use aws_config::retry::RetryConfig;
use aws_config::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_dynamodb::config::{Credentials, SharedCredentialsProvider, SharedHttpClient};
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::{Builder, tls};

/// The way to AWS; cheap to clone.
#[derive(Debug, Clone)]
pub struct Aws {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    config: SdkConfig,
    names: Option<BTreeMap<String, String>>,
    dynamodb: OnceLock<aws_sdk_dynamodb::Client>,
    eventbridge: OnceLock<aws_sdk_eventbridge::Client>,
}

impl Aws {
    /// Reads the environment. Opens no connection.
    pub async fn load() -> Self {
        let endpoint = variable("AWS_ENDPOINT_URL");
        let client = http_client(endpoint.as_deref());
        let region = variable("AWS_REGION").or_else(|| variable("AWS_DEFAULT_REGION"));
        let config = match (region, variable("AWS_ACCESS_KEY_ID")) {
            (Some(region), Some(_)) => {
                let credentials = EnvironmentVariableCredentialsProvider::new();
                let mut config = SdkConfig::builder()
                    .behavior_version(BehaviorVersion::latest())
                    .region(Region::new(region))
                    .credentials_provider(SharedCredentialsProvider::new(credentials))
                    .http_client(client);
                config
                    .set_endpoint_url(endpoint)
                    .set_use_fips(flag("AWS_USE_FIPS_ENDPOINT"))
                    .set_use_dual_stack(flag("AWS_USE_DUALSTACK_ENDPOINT"));
                config.build()
            }
            _ => aws_config::defaults(BehaviorVersion::latest()).http_client(client).load().await,
        };
        Self::new(tuned(config))
    }

    /// The way to AWS by this configuration.
    #[must_use]
    pub fn new(config: SdkConfig) -> Self {
        Self::with(config, None)
    }

    /// The way to something that acts as AWS at this address, with what the environment of a function would say beside
    /// it: the names of tables and buses (`PRODUCT_TABLE`), or an address of one service's own
    /// (`AWS_ENDPOINT_URL_EVENTBRIDGE`). For tests and for programs that are no function.
    #[must_use]
    pub fn local(endpoint: &str, names: &[(&str, &str)]) -> Self {
        let credentials = Credentials::new("local", "local", None, None, "local");
        let config = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("us-east-1"))
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .http_client(http_client(Some(endpoint)))
            .endpoint_url(endpoint)
            .build();
        let names = names.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Self::with(tuned(config), Some(names.collect()))
    }

    fn with(config: SdkConfig, names: Option<BTreeMap<String, String>>) -> Self {
        let (dynamodb, eventbridge) = (OnceLock::new(), OnceLock::new());
        Self { shared: Arc::new(Shared { config, names, dynamodb, eventbridge }) }
    }

    /// What the function's environment says: the name of a table or a bus, or an address.
    pub(crate) fn variable(&self, name: &str) -> Option<String> {
        match &self.shared.names {
            Some(names) => names.get(name).cloned(),
            None => variable(name),
        }
    }

    /// The DynamoDB client.
    #[must_use]
    pub fn dynamodb(&self) -> &aws_sdk_dynamodb::Client {
        self.shared.dynamodb.get_or_init(|| {
            let mut config = aws_sdk_dynamodb::config::Builder::from(&self.shared.config);
            if let Some(endpoint) = self.variable("AWS_ENDPOINT_URL_DYNAMODB") {
                config = config.http_client(http_client(Some(&endpoint))).endpoint_url(endpoint);
            }
            aws_sdk_dynamodb::Client::from_conf(config.build())
        })
    }

    /// The EventBridge client. It does not retry: [`Bus`](crate::Bus) does, because it has to know of each attempt
    /// whether it may have been accepted.
    #[must_use]
    pub fn eventbridge(&self) -> &aws_sdk_eventbridge::Client {
        self.shared.eventbridge.get_or_init(|| {
            let mut config = aws_sdk_eventbridge::config::Builder::from(&self.shared.config)
                .retry_config(RetryConfig::disabled());
            if let Some(endpoint) = self.variable("AWS_ENDPOINT_URL_EVENTBRIDGE") {
                config = config.http_client(http_client(Some(&endpoint))).endpoint_url(endpoint);
            }
            aws_sdk_eventbridge::Client::from_conf(config.build())
        })
    }
}

/// A variable of the environment that is set and not empty.
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// A variable of the environment that is a truth value.
fn flag(name: &str) -> Option<bool> {
    variable(name).map(|value| value.eq_ignore_ascii_case("true"))
}

/// Settings for small calls inside a function that has seconds: the first retry after some 50 ms instead of a
/// second, an attempt given up early enough for another, and no watch over the pace of a stream that is one packet.
fn tuned(config: SdkConfig) -> SdkConfig {
    let retry = RetryConfig::standard()
        .with_max_attempts(4)
        .with_initial_backoff(Duration::from_millis(50));
    let timeout = TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(1))
        .operation_attempt_timeout(Duration::from_secs(3))
        .build();
    config
        .into_builder()
        .retry_config(retry)
        .timeout_config(timeout)
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .build()
}

/// Plain HTTP for an endpoint that asks for it, which also saves reading the system's certificates; else TLS.
fn http_client(endpoint: Option<&str>) -> SharedHttpClient {
    if endpoint.is_some_and(|url| url.starts_with("http://")) {
        Builder::new().build_http()
    } else {
        Builder::new().tls_provider(tls::Provider::Rustls(CryptoMode::AwsLc)).build_https()
    }
}
