//! Why a request or a workflow run failed, and when a retry makes sense.

use std::error::Error as _;
use std::fmt;
use std::time::Duration;

/// How long a request may take. API Gateway gives up after 29 seconds.
pub const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

/// Longest text of a cause; whatever is longer is cut, so that like errors count together.
const MAX_CAUSE_CHARS: usize = 120;

/// How the words for a timeout begin.
const NO_RESPONSE: &str = "no response within";

/// Why a request or a workflow run failed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// No connection, or it broke.
    Connection,
    /// A response that broke off, is no HTTP, or is too long to be kept.
    Broken(&'static str),
    /// No response within this time.
    Timeout(Duration),
    /// A response that the contract declares, but not success.
    Status(u16),
    /// A response that the contract does not declare, or whose body violates it.
    OffContract(String),
    /// A response that conforms to the contract, but does not meet a criterion.
    Wrong(String),
    /// What was to be sent could not be: a value does not fit the contract, or the bus did not take a message.
    Unsent(String),
    /// No message on this channel in time, or on one of these.
    NoMessage(String),
    /// The workflow ends by its own rules.
    Ends(String),
    /// One of more causes than are told apart.
    Other,
}

impl Cause {
    /// A response that violates the contract.
    #[must_use]
    pub fn off_contract(detail: &str) -> Self {
        Self::OffContract(cut(detail))
    }

    /// A response that does not meet a criterion.
    #[must_use]
    pub fn wrong(detail: &str) -> Self {
        Self::Wrong(cut(detail))
    }

    /// What was to be sent could not be.
    #[must_use]
    pub fn unsent(detail: &str) -> Self {
        Self::Unsent(cut(detail))
    }

    /// Whether a cause in words says that there was no response.
    pub(crate) fn is_silence(words: &str) -> bool {
        words == Self::Connection.to_string() || words.starts_with(NO_RESPONSE)
    }

    /// Whether nothing that can be understood came back: whatever else is asked would have no answer either.
    #[must_use]
    pub(crate) fn is_no_answer(&self) -> bool {
        matches!(self, Self::Connection | Self::Broken(_) | Self::Timeout(_))
    }

    /// The status, when the contract declares it.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Status(status) => Some(*status),
            _ => None,
        }
    }

    /// Whether sending the same request again may help: its outcome is unknown, or it was
    /// refused for a reason that passes.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Connection | Self::Broken(_) | Self::Timeout(_) | Self::OffContract(_) => true,
            Self::Status(status) => matches!(status, 409 | 429 | 500..),
            Self::Wrong(_) | Self::Unsent(_) | Self::NoMessage(_) | Self::Ends(_) | Self::Other => {
                false
            }
        }
    }

    /// The status, when the response is a refusal: the operation did not happen. That includes 503, with which gateways
    /// and functions refuse what they have no capacity for; a contract whose 503 leaves it open says so with the output
    /// `underWay` of a workflow after the load.
    #[must_use]
    pub fn refusal(&self) -> Option<u16> {
        match self {
            Self::Status(status @ (400..=499 | 503)) => Some(*status),
            _ => None,
        }
    }
}

fn cut(text: &str) -> String {
    text.chars().take(MAX_CAUSE_CHARS).collect()
}

impl fmt::Display for Cause {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connection => write!(out, "connection failed"),
            Self::Broken(how) => write!(out, "{how}"),
            Self::Timeout(limit) if limit.subsec_nanos() == 0 => {
                write!(out, "{NO_RESPONSE} {} s", limit.as_secs())
            }
            Self::Timeout(limit) => write!(out, "{NO_RESPONSE} {} ms", limit.as_millis()),
            Self::Status(status) => write!(out, "status {status}"),
            Self::OffContract(detail) => write!(out, "contract violation: {detail}"),
            Self::Wrong(detail) => write!(out, "wrong response: {detail}"),
            Self::Unsent(detail) => write!(out, "not sent: {detail}"),
            Self::NoMessage(channel) => write!(out, "no {channel} in time"),
            Self::Ends(why) => write!(out, "ended: {why}"),
            Self::Other => write!(out, "other causes"),
        }
    }
}

impl From<reqwest::Error> for Cause {
    fn from(error: reqwest::Error) -> Self {
        if error.is_timeout() {
            return Self::Timeout(REQUEST_TIMEOUT);
        }
        if error.is_body() || error.is_decode() {
            return Self::Broken("the body of the response is broken, or ended early");
        }
        let mut source = error.source();
        while let Some(inner) = source {
            let broken = inner.downcast_ref::<hyper::Error>().and_then(how_broken);
            if let Some(how) = broken {
                return Self::Broken(how);
            }
            source = inner.source();
        }
        Self::Connection
    }
}

/// What is wrong with the head of a response, where one had begun.
fn how_broken(error: &hyper::Error) -> Option<&'static str> {
    match error.is_parse_too_large() {
        true => Some("the response has too many headers, or too long ones"),
        false => error
            .is_parse()
            .then_some("the response is not HTTP/1.1; does the target expect https or HTTP/2?"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_uncertain_may_pass_and_is_no_refusal() {
        let timeout = Cause::Timeout(Duration::from_millis(1_500));
        assert_eq!(timeout.to_string(), "no response within 1500 ms");
        assert!(Cause::is_silence(&timeout.to_string()));
        assert!(!Cause::is_silence(&Cause::Status(500).to_string()));
        for cause in [Cause::Connection, timeout, Cause::Status(500), Cause::Status(502)] {
            assert!(cause.may_pass() && cause.refusal().is_none(), "{cause}");
        }
        let broken = Cause::Broken("the response is not HTTP/1.1");
        for cause in [Cause::Connection, broken, Cause::Timeout(REQUEST_TIMEOUT)] {
            assert!(cause.may_pass() && cause.is_no_answer(), "{cause}");
        }
        assert!(!Cause::Status(500).is_no_answer() && !Cause::off_contract("").is_no_answer());
        assert!(Cause::Status(503).may_pass() && Cause::Status(503).refusal() == Some(503));
        assert!(!Cause::Status(422).may_pass() && Cause::Status(422).refusal() == Some(422));
    }

    #[test]
    fn long_details_are_cut_between_characters() {
        let Cause::OffContract(detail) = Cause::off_contract(&"ü".repeat(500)) else {
            unreachable!("made above")
        };
        assert_eq!(detail.chars().count(), MAX_CAUSE_CHARS);
    }
}
