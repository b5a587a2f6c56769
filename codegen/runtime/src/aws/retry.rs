//! Which failed attempts are repeated, when, and how many: the SDK's standard mode.
//!
//! Its test compares the attempts of both against the same answers.
//!
//! **Source** AWS SDKs and tools reference guide, "Retry behavior".

use std::error::Error;
use std::sync::Mutex;
use std::time::Duration;

use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::retry::ErrorKind;

/// Tokens that a process has for attempts after the first.
const BUDGET: u32 = 500;
/// What an attempt costs after an answer that asks for one.
const COST: u32 = 5;
/// What an attempt costs after an answer that was lost or late, or an error of the server.
const COST_TRANSIENT: u32 = 10;

/// Error codes that mean that the caller is too fast.
const THROTTLING: [&str; 14] = [
    "Throttling",
    "ThrottlingException",
    "ThrottledException",
    "RequestThrottledException",
    "TooManyRequestsException",
    "ProvisionedThroughputExceededException",
    "TransactionInProgressException",
    "RequestLimitExceeded",
    "BandwidthLimitExceeded",
    "LimitExceededException",
    "RequestThrottled",
    "SlowDown",
    "PriorRequestNotComplete",
    "EC2ThrottledException",
];
/// Error codes of failures that pass.
const TRANSIENT: [&str; 2] = ["RequestTimeout", "RequestTimeoutException"];
/// Statuses of failures that pass.
const TRANSIENT_STATUSES: [u16; 4] = [500, 502, 503, 504];

/// The tokens that are left. When many calls fail, the service is spared further attempts.
#[derive(Debug)]
pub(super) struct Budget(Mutex<u32>);

/// Why an attempt is worth repeating.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Passing {
    pub(super) kind: ErrorKind,
    /// How long the service asks to wait.
    pub(super) after: Option<Duration>,
}

impl Default for Budget {
    fn default() -> Self {
        Self(Mutex::new(BUDGET))
    }
}

impl Budget {
    /// Pays for an attempt; `None` if there is not enough left.
    pub(super) fn pay(&self, kind: ErrorKind) -> Option<u32> {
        let cost = if kind == ErrorKind::TransientError { COST_TRANSIENT } else { COST };
        let mut left = self.0.lock().ok()?;
        *left = left.checked_sub(cost)?;
        Some(cost)
    }

    /// Notes a success: what its last attempt cost is given back, and a token for a first attempt.
    pub(super) fn reward(&self, paid: Option<u32>) {
        if let Ok(mut left) = self.0.lock() {
            *left = BUDGET.min(*left + paid.unwrap_or(1));
        }
    }
}

/// Whether a call that failed may have been carried out: its answer was lost or late, or is an error of the server.
pub(super) fn may_be_done<E: ProvideErrorMetadata>(error: &SdkError<E>) -> bool {
    let is_transient = |passing: Passing| passing.kind == ErrorKind::TransientError;
    let connector = match error {
        SdkError::DispatchFailure(failure) => failure.as_connector_error(),
        _ => None,
    };
    Passing::of(error).is_some_and(is_transient) && !connector.is_some_and(is_unconnected)
}

/// Whether there was no connection, so that nothing was sent.
pub(super) fn is_unconnected(error: &ConnectorError) -> bool {
    let mut cause = error.source();
    while let Some(error) = cause {
        if error.downcast_ref().is_some_and(hyper_util::client::legacy::Error::is_connect) {
            return true;
        }
        cause = error.source();
    }
    false
}

impl Passing {
    /// What an error means; `None` if another attempt would fail as well.
    pub(super) fn of<E: ProvideErrorMetadata>(error: &SdkError<E>) -> Option<Self> {
        let kind = match error {
            SdkError::TimeoutError(_) | SdkError::ResponseError(_) => ErrorKind::TransientError,
            SdkError::DispatchFailure(failure) if failure.is_timeout() || failure.is_io() => {
                ErrorKind::TransientError
            }
            SdkError::DispatchFailure(failure) => failure.as_other()?,
            SdkError::ServiceError(refusal) => {
                let code = refusal.err().code().unwrap_or_default();
                let status = refusal.raw().status().as_u16();
                match code {
                    code if THROTTLING.contains(&code) => ErrorKind::ThrottlingError,
                    code if TRANSIENT.contains(&code) => ErrorKind::TransientError,
                    _ if TRANSIENT_STATUSES.contains(&status) => ErrorKind::TransientError,
                    _ => return None,
                }
            }
            _ => return None,
        };
        let after = error.raw_response().and_then(|response| {
            let milliseconds = response.headers().get("x-amz-retry-after")?.parse().ok()?;
            Some(Duration::from_millis(milliseconds))
        });
        Some(Self { kind, after })
    }

    /// How long to wait after this many attempts: as the service asks, or up to twice as long each time.
    pub(super) fn pause(self, config: &RetryConfig, n_attempts: u32) -> Duration {
        let most = config.max_backoff();
        if let Some(after) = self.after {
            return after.min(most);
        }
        let doubled = 2_u32.checked_pow(n_attempts.saturating_sub(1));
        let longest = doubled.and_then(|factor| config.initial_backoff().checked_mul(factor));
        let (random, _) = uuid::Uuid::new_v4().as_u64_pair();
        // The leading bits: others tell the version.
        let part = (random >> 32) as f64 / f64::from(u32::MAX);
        longest.unwrap_or(most).min(most).mul_f64(part)
    }
}
