// @generated from the contracts in spec/; edits are overwritten.

//! The settings of the shop service.

use runtime::{Aws, Error, Secret};

/// What the functions of the service are given by `x-lambda`.
///
/// What not every function is given is an `Option`. Values of secrets are not in `Debug` output.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The environment variable `TYPE`.
    ///
    /// - **Source** `spec/shop/openapi.yaml#/x-lambda/environment/TYPE`
    pub r#type: Option<String>,
    /// The environment variable `LIMIT`, which each stage sets.
    ///
    /// - **Source** `spec/shop/openapi.yaml#/x-lambda/environment/LIMIT`
    pub limit: Option<String>,
    /// The value of the key `password` of the secret `shop/db`.
    ///
    /// - **Source** `spec/shop/openapi.yaml#/x-lambda/environment/DB_PASSWORD`
    pub db_password: Secret,
    /// The value of the parameter `/shop/features`.
    ///
    /// - **Source** `spec/shop/openapi.yaml#/x-lambda/environment/FEATURES`
    pub features: Option<Secret>,
    /// The environment variable `RATES_URL`.
    ///
    /// - **Source** `spec/shop/openapi.yaml#/x-lambda/services/rates`
    pub rates_url: Option<String>,
    /// The value of the secret `shop/rates`.
    ///
    /// - **Source** `spec/shop/openapi.yaml#/x-lambda/services/rates`
    pub rates_secret: Option<Secret>,
}

impl Settings {
    /// Reads the environment of the function, and the secrets and parameters that it names.
    ///
    /// # Errors
    /// A variable is not set, or a secret cannot be read.
    pub async fn load(aws: &Aws) -> Result<Self, Error> {
        let settings = Self {
            r#type: aws.variable("TYPE"),
            limit: aws.variable("LIMIT"),
            db_password: Secret::in_secrets_manager(aws, "DB_PASSWORD_SECRET")
                .with_key("password"),
            features: aws
                .variable("FEATURES_PARAMETER")
                .map(|_| {
                    Secret::in_parameter_store(aws, "FEATURES_PARAMETER")
                        .with_refresh_seconds(60)
                }),
            rates_url: aws.variable("RATES_URL"),
            rates_secret: aws
                .variable("RATES_SECRET")
                .map(|_| Secret::in_secrets_manager(aws, "RATES_SECRET")),
        };
        let secrets = [
            Some(&settings.db_password),
            settings.features.as_ref(),
            settings.rates_secret.as_ref(),
        ];
        Secret::read_all(secrets.into_iter().flatten()).await?;
        Ok(settings)
    }
}
