//! Calls of DynamoDB: the SDK's types, serializers, deserializers and connections, and our own attempts.
//!
//! The SDK builds and runs a pipeline of plugins and interceptors for each call, which cost more than half of the
//! instructions of an invocation. A function needs none of it, as its configuration never changes.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::error::{BuildError, ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation;
use aws_smithy_runtime_api::client::connection::CaptureSmithyConnection;
use aws_smithy_runtime_api::client::interceptors::context::Input;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin;
use aws_smithy_runtime_api::client::ser_de::{
    DeserializeResponse as _, SerializeRequest as _, SharedRequestSerializer,
    SharedResponseDeserializer,
};
use aws_smithy_types::config_bag::{ConfigBag, FrozenLayer};
use aws_smithy_types::retry::ErrorKind;
use aws_types::SdkConfig;

use super::retry::{Budget, Passing, may_be_done};
use super::wire::{NoAnswer, Wire};

/// The largest answer that is read, in bytes. A batch has up to 16 MiB of items, which are longer as JSON.
pub(super) const MAX_ANSWER_BYTES: usize = 128 * 1024 * 1024;

/// The way to DynamoDB.
#[derive(Debug)]
pub(crate) struct TableClient {
    wire: Wire,
    retry: RetryConfig,
    timeout: TimeoutConfig,
    budget: Budget,
}

/// Whether a call is repeated when it is unknown whether it was carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Repeat {
    /// It may be carried out several times with the result of one.
    Always,
    /// A repetition would count twice.
    UnlessDone,
}

/// A call by the builder of its input.
pub(crate) trait Call {
    type Output: Send + Sync + std::fmt::Debug + 'static;
    type Error: std::error::Error + ProvideErrorMetadata + Send + Sync + 'static;

    /// The finished input.
    fn input(self) -> Result<Input, BuildError>;
    /// The SDK's serializer and deserializer of the operation.
    fn codec() -> Option<&'static FrozenLayer>;
}

macro_rules! calls {
    ($($module:ident: $operation:ident, $builder:ident, $output:ident, $error:ident;)+) => {$(
        impl Call for operation::$module::builders::$builder {
            type Output = operation::$module::$output;
            type Error = operation::$module::$error;

            fn input(self) -> Result<Input, BuildError> {
                self.build().map(Input::erase)
            }

            fn codec() -> Option<&'static FrozenLayer> {
                static LAYER: OnceLock<Option<FrozenLayer>> = OnceLock::new();
                LAYER.get_or_init(|| operation::$module::$operation::new().config()).as_ref()
            }
        }
    )+};
}

calls! {
    batch_get_item: BatchGetItem, BatchGetItemInputBuilder, BatchGetItemOutput, BatchGetItemError;
    batch_write_item: BatchWriteItem, BatchWriteItemInputBuilder, BatchWriteItemOutput, BatchWriteItemError;
    delete_item: DeleteItem, DeleteItemInputBuilder, DeleteItemOutput, DeleteItemError;
    get_item: GetItem, GetItemInputBuilder, GetItemOutput, GetItemError;
    put_item: PutItem, PutItemInputBuilder, PutItemOutput, PutItemError;
    query: Query, QueryInputBuilder, QueryOutput, QueryError;
    scan: Scan, ScanInputBuilder, ScanOutput, ScanError;
    transact_write_items: TransactWriteItems, TransactWriteItemsInputBuilder, TransactWriteItemsOutput, TransactWriteItemsError;
    update_item: UpdateItem, UpdateItemInputBuilder, UpdateItemOutput, UpdateItemError;
}

impl TableClient {
    pub(super) fn new(wire: Wire, config: &SdkConfig) -> Self {
        let retry = config.retry_config().cloned().unwrap_or_else(RetryConfig::standard);
        let timeout = config.timeout_config().cloned();
        let timeout = timeout.unwrap_or_else(|| TimeoutConfig::builder().build());
        Self { wire, retry, timeout, budget: Budget::default() }
    }

    /// Makes a call, several times if necessary.
    pub(crate) async fn send<C: Call>(&self, call: C) -> Result<C::Output, SdkError<C::Error>> {
        self.send_noting(call, Repeat::Always, &AtomicBool::new(false)).await
    }

    /// As [`send`](Self::send). Sets `unsure` when an attempt failed that may have been carried out all the same.
    pub(crate) async fn send_noting<C: Call>(
        &self,
        call: C,
        repeat: Repeat,
        unsure: &AtomicBool,
    ) -> Result<C::Output, SdkError<C::Error>> {
        let input = call.input().map_err(SdkError::construction_failure)?;
        let codec = C::codec().ok_or_else(|| SdkError::construction_failure("no serializer"))?;
        let request = self.write(codec, input).map_err(SdkError::construction_failure)?;
        let attempts = self.attempts::<C>(codec, &request, repeat, unsure);
        match self.timeout.operation_timeout() {
            Some(timeout) => match tokio::time::timeout(timeout, attempts).await {
                Ok(ended) => ended,
                Err(late) => {
                    unsure.store(true, Ordering::Relaxed);
                    Err(SdkError::timeout_error(late))
                }
            },
            None => attempts.await,
        }
    }

    /// The request that every attempt sends, not signed.
    fn write(
        &self,
        codec: &FrozenLayer,
        input: Input,
    ) -> Result<HttpRequest, Box<dyn std::error::Error + Send + Sync>> {
        let serializer = codec.load::<SharedRequestSerializer>().ok_or("no serializer")?;
        let written = serializer.serialize_input(input, &mut ConfigBag::base())?.into_parts();
        let mut request = self.wire.request(written.body)?;
        *request.headers_mut() = written.headers;
        if let Some(trace) = trace() {
            request.headers_mut().try_insert("x-amzn-trace-id", trace)?;
        }
        Ok(request)
    }

    async fn attempts<C: Call>(
        &self,
        codec: &FrozenLayer,
        request: &HttpRequest,
        repeat: Repeat,
        unsure: &AtomicBool,
    ) -> Result<C::Output, SdkError<C::Error>> {
        let mut paid = None;
        let mut n_attempts = 0;
        loop {
            let error = match self.attempt::<C>(codec, request).await {
                Ok(output) => {
                    self.budget.reward(paid);
                    return Ok(output);
                }
                Err(error) => error,
            };
            n_attempts += 1;
            if may_be_done(&error) {
                unsure.store(true, Ordering::Relaxed);
                if repeat == Repeat::UnlessDone {
                    return Err(error);
                }
            }
            let passing = match Passing::of(&error) {
                Some(passing) if n_attempts < self.retry.max_attempts() => passing,
                _ => return Err(error),
            };
            paid = self.budget.pay(passing.kind);
            if paid.is_none() {
                return Err(error);
            }
            tokio::time::sleep(passing.pause(&self.retry, n_attempts)).await;
        }
    }

    async fn attempt<C: Call>(
        &self,
        codec: &FrozenLayer,
        request: &HttpRequest,
    ) -> Result<C::Output, SdkError<C::Error>> {
        let copy = request.try_clone();
        let mut request = copy.ok_or_else(|| SdkError::construction_failure("a stream"))?;
        let connection = CaptureSmithyConnection::new();
        request.add_extension(connection.clone());
        let answer = match self.timeout.operation_attempt_timeout() {
            Some(timeout) => tokio::time::timeout(timeout, self.wire.send(request)).await,
            None => Ok(self.wire.send(request).await),
        };
        let answered = match answer {
            Ok(Ok(response)) => read::<C>(codec, response),
            Ok(Err(NoAnswer::NotSent(reason))) => {
                return Err(SdkError::dispatch_failure(ConnectorError::other(reason.into(), None)));
            }
            Ok(Err(NoAnswer::Lost(error))) => return Err(SdkError::dispatch_failure(error)),
            Ok(Err(NoAnswer::Incomplete(error, response))) => {
                Err(SdkError::response_error(error, *response))
            }
            Err(late) => return Err(SdkError::timeout_error(late)),
        };
        // The next attempt reaches another server than the one that is in trouble.
        if let Some(Passing { kind: ErrorKind::TransientError, after: None }) =
            answered.as_ref().err().and_then(Passing::of)
            && let Some(connection) = connection.get()
        {
            connection.poison();
        }
        answered
    }
}

/// The output or the error that an answer says.
#[allow(clippy::result_large_err, reason = "it is the SDK's error")]
fn read<C: Call>(
    codec: &FrozenLayer,
    response: HttpResponse,
) -> Result<C::Output, SdkError<C::Error>> {
    let Some(deserializer) = codec.load::<SharedResponseDeserializer>() else {
        return Err(SdkError::construction_failure("no deserializer"));
    };
    let read = deserializer.deserialize_nonstreaming_with_config(&response, &ConfigBag::base());
    let mut refusal = None;
    let error = match read {
        Ok(output) => match output.downcast() {
            Ok(output) => return Ok(output),
            Err(_) => "an output of another operation".to_owned(),
        },
        Err(error) => format!("{:?}", error.map_operation_error(|error| refusal = Some(error))),
    };
    match refusal.and_then(|refusal| refusal.downcast().ok()) {
        Some(refusal) => Err(SdkError::service_error(refusal, response)),
        None => Err(SdkError::response_error(error, response)),
    }
}

/// The trace of the invocation, which AWS uses to end loops of functions.
fn trace() -> Option<String> {
    let trace = super::variable("_X_AMZN_TRACE_ID")?;
    trace.bytes().all(|byte| (b' '..=b'~').contains(&byte)).then_some(trace)
}

#[cfg(test)]
mod tests;
