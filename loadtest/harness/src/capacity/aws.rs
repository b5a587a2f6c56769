//! What AWS charges and takes at most: a file of its own, with the source of each number.

use std::path::Path;

use serde::Deserialize;

/// The file that comes with the harness.
pub(crate) const BUILT_IN: &str = include_str!("../../aws.toml");

/// Prices and quotas of a region.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Aws {
    /// Which region.
    pub(crate) region: String,
    /// When they were read.
    pub(crate) as_of: String,
    pub(crate) prices: Prices,
    pub(crate) quotas: Quotas,
}

/// **Units**: dollars for one.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Prices {
    pub(crate) lambda_gb_second: f64,
    pub(crate) lambda_request: f64,
    pub(crate) api_request: f64,
    pub(crate) dynamodb_write_unit: f64,
    pub(crate) dynamodb_read_unit: f64,
    pub(crate) event: f64,
    pub(crate) sqs_request: f64,
}

/// What an account has at most.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Quotas {
    pub(crate) api_requests_per_second: f64,
    pub(crate) lambda_concurrency: f64,
    pub(crate) lambda_scaling_per_10_seconds: f64,
    pub(crate) sqs_pollers_at_start: f64,
    pub(crate) sqs_pollers_per_minute: f64,
    pub(crate) sqs_pollers: f64,
    pub(crate) dynamodb_write_units_per_second: f64,
    pub(crate) dynamodb_read_units_per_second: f64,
    pub(crate) events_per_second: f64,
}

impl Aws {
    /// Reads `path`, or the file that comes with the harness.
    ///
    /// # Errors
    /// In words, with the place.
    pub(crate) fn read(path: Option<&Path>) -> Result<Self, String> {
        let (name, text) = match path {
            None => ("aws.toml".to_owned(), BUILT_IN.to_owned()),
            Some(path) => {
                let name = path.display().to_string();
                let text =
                    std::fs::read_to_string(path).map_err(|error| format!("{name}: {error}"))?;
                (name, text)
            }
        };
        toml::from_str(&text).map_err(|error| format!("{name}: {error}"))
    }
}
