//! Access to AWS: configuration and clients, created when they are first used.
//!
//! Region, endpoint and credentials are read from the variables that Lambda sets. The SDK's own search (files,
//! metadata services, single sign-on) finds nothing else in a function. A program that is not a function passes its
//! own configuration ([`Aws::new`]). All services share one connector and its connections.

mod json;
mod put_events;
mod retry;
mod service;
mod sign;
mod stored;
mod tables;
mod wire;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{
    BehaviorVersion, Credentials, IdentityCache, Region, SharedCredentialsProvider,
    StalledStreamProtectionConfig,
};
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::{Connector, tls};
use aws_smithy_runtime_api::client::http::{
    HttpConnectorSettings, SharedHttpConnector, http_client_fn,
};
use aws_types::SdkConfig;

use crate::Error;

pub(crate) use json::{CallError, JsonClient, is_passing};
pub(crate) use put_events::{PutEventsEntry, put_events};
pub(crate) use stored::Stored;

pub(crate) use tables::{Repeat, TableClient};

use service::{DYNAMODB, EVENTBRIDGE, PARAMETER_STORE, SECRETS_MANAGER, Service};
use wire::Wire;

/// How long a connection may take to be made.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(1);

/// The AWS configuration and clients. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Aws {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    config: SdkConfig,
    connector: OnceLock<SharedHttpConnector>,
    names: Option<BTreeMap<String, String>>,
    dynamodb: OnceLock<aws_sdk_dynamodb::Client>,
    tables: OnceLock<TableClient>,
    eventbridge: OnceLock<JsonClient>,
    secrets_manager: OnceLock<JsonClient>,
    parameter_store: OnceLock<JsonClient>,
}

impl Aws {
    /// Reads the environment of a function. Opens no connection.
    pub async fn load() -> Self {
        let mut config = SdkConfig::builder();
        let region = variable("AWS_REGION").or_else(|| variable("AWS_DEFAULT_REGION"));
        config
            .set_region(region.map(Region::new))
            .set_credentials_provider(credentials())
            .set_endpoint_url(variable("AWS_ENDPOINT_URL"))
            .set_use_fips(flag("AWS_USE_FIPS_ENDPOINT"))
            .set_use_dual_stack(flag("AWS_USE_DUALSTACK_ENDPOINT"));
        Self::with(tuned(config.build()), None)
    }

    /// Uses this configuration, except for its HTTP client. Retries are those of the standard mode.
    #[must_use]
    pub fn new(config: SdkConfig) -> Self {
        Self::with(config, None)
    }

    /// Uses an AWS-compatible endpoint at this address, with additional environment variables: names of tables and
    /// buses (`PRODUCT_TABLE`), or the address of a single service (`AWS_ENDPOINT_URL_EVENTBRIDGE`). For tests and
    /// for programs that are not functions.
    #[must_use]
    pub fn local(endpoint: &str, names: &[(&str, &str)]) -> Self {
        let credentials = Credentials::new("local", "local", None, None, "local");
        let config = SdkConfig::builder()
            .region(Region::new("us-east-1"))
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .endpoint_url(endpoint)
            .build();
        let names = names.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Self::with(tuned(config), Some(names.collect()))
    }

    fn with(config: SdkConfig, names: Option<BTreeMap<String, String>>) -> Self {
        let shared = Shared {
            config,
            connector: OnceLock::new(),
            names,
            dynamodb: OnceLock::new(),
            tables: OnceLock::new(),
            eventbridge: OnceLock::new(),
            secrets_manager: OnceLock::new(),
            parameter_store: OnceLock::new(),
        };
        Self { shared: Arc::new(shared) }
    }

    /// The connections of all services that have no address of their own.
    fn connector(&self) -> SharedHttpConnector {
        let Shared { config, connector, .. } = &*self.shared;
        connector.get_or_init(|| connector_to(config.endpoint_url())).clone()
    }

    /// An environment variable of the function: the name of a table or bus, or an address.
    #[must_use]
    pub fn variable(&self, name: &str) -> Option<String> {
        match &self.shared.names {
            Some(names) => names.get(name).cloned(),
            None => variable(name),
        }
    }

    /// An environment variable that the contract declares, and the template therefore sets.
    ///
    /// # Errors
    /// It is not set.
    pub fn required_variable(&self, name: &'static str) -> Result<String, Error> {
        let value = match &self.shared.names {
            Some(names) => names.get(name).cloned(),
            None => std::env::var(name).ok(),
        };
        value.ok_or(Error::Variable(name))
    }

    /// The DynamoDB client of the SDK, for calls that [`Table`](crate::Table) does not make.
    #[must_use]
    pub fn dynamodb(&self) -> &aws_sdk_dynamodb::Client {
        self.shared.dynamodb.get_or_init(|| {
            let (url, connector) = self.way_to(DYNAMODB);
            let client = http_client_fn(move |_, _| connector.clone());
            let mut config = aws_sdk_dynamodb::config::Builder::from(&self.shared.config);
            if let Some(url) = url {
                config = config.endpoint_url(url);
            }
            aws_sdk_dynamodb::Client::from_conf(config.http_client(client).build())
        })
    }

    /// The way to tables.
    pub(crate) fn tables(&self) -> &TableClient {
        self.shared.tables.get_or_init(|| {
            TableClient::new(self.wire(DYNAMODB, tables::MAX_ANSWER_BYTES), &self.shared.config)
        })
    }

    /// The way to EventBridge. It does not retry: [`Bus`](crate::Bus) does, because it has to know of each attempt
    /// whether it may have been accepted.
    pub(crate) fn eventbridge(&self) -> &JsonClient {
        self.shared.eventbridge.get_or_init(|| self.json_client(EVENTBRIDGE))
    }

    pub(crate) fn secrets_manager(&self) -> &JsonClient {
        self.shared.secrets_manager.get_or_init(|| self.json_client(SECRETS_MANAGER))
    }

    pub(crate) fn parameter_store(&self) -> &JsonClient {
        self.shared.parameter_store.get_or_init(|| self.json_client(PARAMETER_STORE))
    }

    fn json_client(&self, service: Service) -> JsonClient {
        JsonClient(self.wire(service, json::MAX_ANSWER_BYTES))
    }

    fn wire(&self, service: Service, max_answer_bytes: usize) -> Wire {
        let (url, connector) = self.way_to(service);
        Wire::new(service, &self.shared.config, connector, url, max_answer_bytes)
    }

    /// The address of a service where the environment has one, and connections.
    fn way_to(&self, service: Service) -> (Option<String>, SharedHttpConnector) {
        let url = self.variable(service.variable);
        let connector = match &url {
            Some(url) => connector_to(Some(url)),
            None => self.connector(),
        };
        (url, connector)
    }
}

/// The credentials that Lambda sets.
fn credentials() -> Option<SharedCredentialsProvider> {
    let (key, secret) = variable("AWS_ACCESS_KEY_ID").zip(variable("AWS_SECRET_ACCESS_KEY"))?;
    let token = variable("AWS_SESSION_TOKEN");
    Some(SharedCredentialsProvider::new(Credentials::new(key, secret, token, None, "environment")))
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
        .connect_timeout(CONNECT_TIMEOUT)
        .operation_attempt_timeout(Duration::from_secs(3))
        .build();
    config
        .into_builder()
        .behavior_version(BehaviorVersion::latest())
        // Credentials stand in the environment for as long as the function lives: there is nothing to fetch again.
        .identity_cache(IdentityCache::no_cache())
        .retry_config(retry)
        .timeout_config(timeout)
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .build()
}

/// Plain HTTP for an endpoint that asks for it, which also saves reading the system's certificates; else TLS.
fn connector_to(endpoint: Option<&str>) -> SharedHttpConnector {
    let settings = HttpConnectorSettings::builder().connect_timeout(CONNECT_TIMEOUT).build();
    let builder = Connector::builder().connector_settings(settings);
    if endpoint.is_some_and(|url| url.starts_with("http://")) {
        SharedHttpConnector::new(builder.build_http())
    } else {
        let provider = tls::Provider::Rustls(CryptoMode::AwsLc);
        SharedHttpConnector::new(builder.tls_provider(provider).build())
    }
}
