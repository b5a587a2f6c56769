//! Values that are stored outside of the code: `GetSecretValue` of Secrets Manager, `GetParameter` of Parameter Store.
//!
//! **Source** AWS Secrets Manager API reference, `GetSecretValue`; Systems Manager API reference, `GetParameter`.

use serde::{Deserialize, Serialize};

use super::{Aws, CallError};

/// Where a value is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stored {
    /// In Secrets Manager.
    Secret,
    /// In Parameter Store.
    Parameter,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct GetSecretValue<'a> {
    secret_id: &'a str,
}

/// No `Debug`: it would show the secret.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct SecretValue {
    secret_string: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct GetParameter<'a> {
    name: &'a str,
    with_decryption: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ParameterValue {
    parameter: Parameter,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Parameter {
    value: String,
}

impl Stored {
    /// Reads the current value once; `None` if it is not text.
    pub(crate) async fn read(self, aws: &Aws, id: &str) -> Result<Option<String>, CallError> {
        match self {
            Self::Secret => {
                let asked = GetSecretValue { secret_id: id };
                let client = aws.secrets_manager();
                let found: SecretValue =
                    client.call("secretsmanager.GetSecretValue", &asked, &[]).await?;
                Ok(found.secret_string)
            }
            Self::Parameter => {
                let asked = GetParameter { name: id, with_decryption: true };
                let client = aws.parameter_store();
                let found: ParameterValue =
                    client.call("AmazonSSM.GetParameter", &asked, &[]).await?;
                Ok(Some(found.parameter.value))
            }
        }
    }
}
