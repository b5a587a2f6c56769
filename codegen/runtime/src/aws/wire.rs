//! One attempt of a call: a `POST` that is signed, sent over the SDK's connections, and answered.

use aws_credential_types::provider::error::CredentialsError;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::http::{HttpConnector as _, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use aws_types::SdkConfig;
use http_body_util::{BodyExt as _, Limited};

use super::service::{Service, endpoint};
use super::sign::Signer;

/// The way to a service.
#[derive(Debug)]
pub(super) struct Wire {
    pub(super) service: Service,
    connector: SharedHttpConnector,
    /// A request without a body, and who signs it; or the configured address, if that is not a URL.
    to: Result<(HttpRequest, Signer), Option<String>>,
    max_answer_bytes: usize,
}

/// Why a request could not be made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unsent {
    /// The configuration has no region and no address of the service.
    #[error("no region is set")]
    NoRegion,
    /// The configured address of the service is not a URL.
    #[error("the endpoint `{0}` is not a URL")]
    BadEndpoint(String),
    /// The configuration has no credentials.
    #[error("there are no credentials")]
    NoCredentials,
    /// The provider of the credentials failed.
    #[error("{}", causes(.0))]
    Credentials(#[from] CredentialsError),
    /// There is no connection to the service.
    #[error("{0}")]
    Unconnected(String),
    /// The request cannot be written or signed.
    #[error("{0}")]
    Invalid(String),
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum NoAnswer {
    NotSent(Unsent),
    /// It was sent, or may have been.
    Lost(ConnectorError),
    /// The head of an answer came without all of its body.
    Incomplete(BoxError, Box<HttpResponse>),
}

impl Unsent {
    pub(super) fn invalid(error: &(dyn std::error::Error + 'static)) -> Self {
        Self::Invalid(causes(error))
    }

    /// Whether the request may be made later: only connections and the service that hands out credentials fail for a while.
    pub(super) fn is_passing(&self) -> bool {
        use CredentialsError::{CredentialsNotLoaded, InvalidConfiguration};
        match self {
            Self::Credentials(error) => {
                !matches!(error, CredentialsNotLoaded(_) | InvalidConfiguration(_))
            }
            Self::Unconnected(_) => true,
            Self::NoRegion | Self::BadEndpoint(_) | Self::NoCredentials | Self::Invalid(_) => false,
        }
    }
}

impl Wire {
    /// The way to this address, or to that of the configuration.
    pub(super) fn new(
        service: Service,
        config: &SdkConfig,
        connector: SharedHttpConnector,
        url: Option<String>,
        max_answer_bytes: usize,
    ) -> Self {
        let region = config.region().map(ToString::to_string).unwrap_or_default();
        let url = url.or_else(|| endpoint(service, config));
        let way = |url: &str| {
            // Signatures cover the path, which an address without one has all the same.
            let uri: hyper::Uri = format!("{}/", url.trim_end_matches('/')).parse().ok()?;
            let signer = Signer::new(service.endpoint, region, &uri, config.credentials_provider());
            let mut blank = HttpRequest::new(SdkBody::empty());
            blank.set_method("POST").ok()?;
            blank.set_uri(uri).ok()?;
            Some((blank, signer))
        };
        let to = match url {
            Some(url) => way(&url).ok_or(Some(url)),
            None => Err(None),
        };
        Self { service, connector, to, max_answer_bytes }
    }

    fn way(&self) -> Result<&(HttpRequest, Signer), Unsent> {
        self.to.as_ref().map_err(|url| match url {
            Some(url) => Unsent::BadEndpoint(url.clone()),
            None => Unsent::NoRegion,
        })
    }

    /// A request with this body, which is in memory.
    pub(super) fn request(&self, body: SdkBody) -> Result<HttpRequest, Unsent> {
        let (blank, _) = self.way()?;
        let empty = || Unsent::Invalid("a body without an end is not sent twice".to_owned());
        let mut request = blank.try_clone().ok_or_else(empty)?;
        *request.body_mut() = body;
        Ok(request)
    }

    /// Sends a request once, and reads the answer whole.
    pub(super) async fn send(&self, mut request: HttpRequest) -> Result<HttpResponse, NoAnswer> {
        let (_, signer) = self.way().map_err(NoAnswer::NotSent)?;
        signer.sign(&mut request).await.map_err(NoAnswer::NotSent)?;
        let mut response = self.connector.call(request).await.map_err(NoAnswer::Lost)?;
        let body = std::mem::replace(response.body_mut(), SdkBody::taken());
        match Limited::new(body, self.max_answer_bytes).collect().await {
            Ok(body) => {
                *response.body_mut() = SdkBody::from(body.to_bytes());
                Ok(response)
            }
            Err(error) => Err(NoAnswer::Incomplete(error, Box::new(response))),
        }
    }
}

/// An error and its causes.
pub(super) fn causes(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
