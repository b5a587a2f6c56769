// @generated from the contracts in spec/; edits are overwritten.

//! The settings of the billing service.

use runtime::{Aws, Error, Secret};

/// What the functions of the service are given by `x-lambda`.
///
/// What not every function is given is an `Option`. Values of secrets are not in `Debug` output.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The value of the parameter `/parcels/tariff/base-cents`.
    ///
    /// - **Source** `spec/billing/asyncapi.yaml#/operations/chargeParcel/x-lambda/environment/BASE_CENTS`
    pub base_cents: Secret,
}

impl Settings {
    /// Reads the environment of the function, and the secrets and parameters that it names.
    ///
    /// # Errors
    /// A variable is not set, or a secret cannot be read.
    pub async fn load(aws: &Aws) -> Result<Self, Error> {
        let settings = Self {
            base_cents: Secret::in_parameter_store(aws, "BASE_CENTS_PARAMETER")
                .with_refresh_seconds(60),
        };
        let secrets = [Some(&settings.base_cents)];
        Secret::read_all(secrets.into_iter().flatten()).await?;
        Ok(settings)
    }
}
