// @generated from the contracts in spec/; edits are overwritten.

//! The settings of the notices service.

use runtime::{Aws, Error, Secret};

/// What the functions of the service are given by `x-lambda`.
///
/// What not every function is given is an `Option`. Values of secrets are not in `Debug` output.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The value of the key `seed` of the secret `${AWS::StackName}/notices`.
    ///
    /// - **Source** `spec/notices/asyncapi.yaml#/operations/confirm/x-lambda/environment/CODE_SEED`
    pub code_seed: Option<Secret>,
}

impl Settings {
    /// Reads the environment of the function, and the secrets and parameters that it names.
    ///
    /// # Errors
    /// A variable is not set, or a secret cannot be read.
    pub async fn load(aws: &Aws) -> Result<Self, Error> {
        let settings = Self {
            code_seed: aws
                .variable("CODE_SEED_SECRET")
                .map(|_| {
                    Secret::in_secrets_manager(aws, "CODE_SEED_SECRET").with_key("seed")
                }),
        };
        let secrets = [settings.code_seed.as_ref()];
        Secret::read_all(secrets.into_iter().flatten()).await?;
        Ok(settings)
    }
}
