//! A server for the handlers of the services, as small as can be, and clients for it.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{Request, Response};
use stage::bus::{Attempt, BusService, Deliver, Delivery, DeliveryError, Origin};
use stage::clock::Clock;
use stage::fault::Chaos;
use stage::queue::{QueueService, Settings};
use std::sync::Arc;

#[derive(Clone)]
pub(crate) struct Services {
    pub(crate) queues: QueueService,
    pub(crate) buses: BusService,
}

/// Delivers to queues; there are no functions here.
pub(crate) struct ToQueues(pub(crate) QueueService);

impl Deliver for ToQueues {
    fn deliver(&self, delivery: Delivery) -> Attempt<'_> {
        Box::pin(async move {
            if delivery.arn.contains(":sqs:") {
                return self.0.accept(delivery);
            }
            Err(DeliveryError::hopeless("RESOURCE_NOT_FOUND", "Function not found"))
        })
    }
}

pub(crate) struct Server {
    pub(crate) services: Services,
    pub(crate) url: String,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    pub(crate) async fn start(clock: Clock, chaos: impl Chaos) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (region, account) = ("eu-west-1".to_owned(), "123456789012".to_owned());
        let chaos = Arc::new(chaos);
        let settings =
            Settings { region: region.clone(), account: account.clone(), base_url: url.clone() };
        let queues = QueueService::new(settings, clock.clone(), chaos.clone());
        let deliver = Arc::new(ToQueues(queues.clone()));
        let buses = BusService::new(Origin { region, account }, clock, chaos, deliver);
        let services = Services { queues, buses };
        let router = Router::new().fallback(answer).with_state(services.clone());
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { services, url, task }
    }

    pub(crate) fn sqs(&self) -> aws_sdk_sqs::Client {
        use aws_sdk_sqs::config::{
            BehaviorVersion, Builder, Credentials, Region, retry::RetryConfig,
        };
        let config = Builder::new()
            .behavior_version(BehaviorVersion::latest())
            .endpoint_url(&self.url)
            .region(Region::new("eu-west-1"))
            .credentials_provider(Credentials::new("key", "secret", None, None, "test"))
            .http_client(aws_smithy_http_client::Builder::new().build_http())
            .retry_config(RetryConfig::disabled())
            .build();
        aws_sdk_sqs::Client::from_conf(config)
    }

    pub(crate) fn events(&self) -> aws_sdk_eventbridge::Client {
        use aws_sdk_eventbridge::config::{
            BehaviorVersion, Builder, Credentials, Region, retry::RetryConfig,
        };
        let config = Builder::new()
            .behavior_version(BehaviorVersion::latest())
            .endpoint_url(&self.url)
            .region(Region::new("eu-west-1"))
            .credentials_provider(Credentials::new("key", "secret", None, None, "test"))
            .http_client(aws_smithy_http_client::Builder::new().build_http())
            .retry_config(RetryConfig::disabled())
            .build();
        aws_sdk_eventbridge::Client::from_conf(config)
    }

    /// Calls an action with any body, as no SDK would.
    pub(crate) async fn raw(&self, target: &str, body: &str) -> (u16, String, serde_json::Value) {
        let (service, action) = target.split_once('.').unwrap();
        let response = match service {
            "AmazonSQS" => self.services.queues.handle(action, body.as_bytes()).await,
            _ => self.services.buses.handle(action, body.as_bytes()).await,
        };
        let error = response.headers().get("x-amzn-query-error");
        let error = error.map_or("", |error| error.to_str().unwrap()).to_owned();
        let body = serde_json::from_slice(response.body()).unwrap();
        (response.status().as_u16(), error, body)
    }
}

async fn answer(State(services): State<Services>, request: Request<Body>) -> Response<Body> {
    let (head, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let target = head.headers["x-amz-target"].to_str().unwrap();
    let response = if let Some(action) = target.strip_prefix(stage::queue::wire::TARGET_PREFIX) {
        services.queues.handle(action, &body).await
    } else {
        let action = target.strip_prefix(stage::bus::wire::TARGET_PREFIX).unwrap();
        services.buses.handle(action, &body).await
    };
    response.map(Body::from)
}
