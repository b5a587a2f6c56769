//! How long connections take to be made: TCP, and TLS where the target has it. A request that finds an idle connection
//! makes none.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use tokio::time::Instant;
use tower_layer::Layer;
use tower_service::Service;

use crate::latency::{Distribution, Latency};

/// The times of all connections that a client made.
#[derive(Debug, Clone, Default)]
pub struct Connections(Arc<Mutex<Distribution>>);

impl Connections {
    /// As a report carries them.
    #[must_use]
    pub fn figures(&self) -> Latency {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).figures()
    }
}

impl<S> Layer<S> for Connections {
    type Service = Timed<S>;

    fn layer(&self, connector: S) -> Timed<S> {
        Timed { connector, connections: self.clone() }
    }
}

/// A connector whose connections are timed.
#[derive(Debug, Clone)]
pub struct Timed<S> {
    connector: S,
    connections: Connections,
}

impl<S, Target> Service<Target> for Timed<S>
where
    S: Service<Target>,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.connector.poll_ready(context)
    }

    fn call(&mut self, target: Target) -> Self::Future {
        let (began, connections) = (Instant::now(), self.connections.clone());
        let connecting = self.connector.call(target);
        Box::pin(async move {
            let connected = connecting.await;
            if connected.is_ok() {
                let mut all = connections.0.lock().unwrap_or_else(PoisonError::into_inner);
                all.record(began.elapsed());
            }
            connected
        })
    }
}
