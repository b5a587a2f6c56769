//! Functions as Lambda knows them, and what the contracts give them (`x-lambda`).

use super::{Name, Origin, TableAccess};

/// A function as Lambda knows it: one binary with one role.
#[derive(Debug, Clone, PartialEq)]
pub struct Function {
    /// The binary's and the function's name: `basket`, `ordering-checkout`.
    pub name: Name,
    /// What invokes it.
    pub trigger: Trigger,
    /// Sizes from `x-lambda`, with the defaults filled in.
    pub settings: FunctionSettings,
    /// The tables that it touches, with exactly the actions that the contract lets it use, by table and without
    /// repetition. A table may belong to this service only.
    pub access: Vec<TableAccess>,
    /// The messages it may publish, as indexes into [`super::Service::sends`].
    pub publishes: Vec<usize>,
    /// What declares it: the service's first operation, or the receive operation.
    pub origin: Origin,
}

/// What invokes a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trigger {
    /// The REST API, for all operations of the service.
    Api,
    /// The receive operation with this index in [`super::Service::receives`].
    Receive(usize),
}

/// What a function is given (`x-lambda`), with the defaults filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionSettings {
    /// Memory in MiB, 128 to 10240; the default is 256.
    pub memory_mib: u32,
    /// The time an invocation may take, in seconds, 1 to 900 (29 behind the API); the default is 10.
    pub timeout_seconds: u32,
    /// Reserved concurrency; none by default.
    pub reserved_concurrency: Option<u32>,
    /// `arm64` unless the contract says `x86_64`.
    pub architecture: Architecture,
    /// Variables of the environment, besides those that the generator sets.
    pub environment: Vec<Variable>,
    /// What the role allows, besides what follows from the contracts.
    pub statements: Vec<Statement>,
    /// Whether the function is in the network of the stage.
    pub in_vpc: bool,
    /// ARNs of layers, in which `${AWS::…}` are CloudFormation's pseudo parameters.
    pub layers: Vec<String>,
    /// The size of `/tmp` in MiB, where it is not 512.
    pub ephemeral_storage_mib: Option<u32>,
    /// The minimum level of the function's own log lines, where the stage does not decide.
    pub log_level: Option<String>,
    /// The minimum level of Lambda's log lines about the function.
    pub system_log_level: Option<String>,
    /// The alias that everything invokes, where there is one.
    pub live: Option<Live>,
}

impl Default for FunctionSettings {
    fn default() -> Self {
        Self {
            memory_mib: 256,
            timeout_seconds: 10,
            reserved_concurrency: None,
            architecture: Architecture::Arm64,
            environment: vec![],
            statements: vec![],
            in_vpc: false,
            layers: vec![],
            ephemeral_storage_mib: None,
            log_level: None,
            system_log_level: None,
            live: None,
        }
    }
}

/// The alias `live`: everything invokes the version that it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Live {
    /// Execution environments that are kept ready.
    pub provisioned_concurrency: Option<u32>,
    /// How invocations move to a new version.
    pub shift: Option<Shift>,
}

/// How invocations move from one version to the next, back again when an alarm goes off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shift {
    /// All of them at once.
    AllAtOnce,
    /// This share, and after this time the others.
    Canary(ShiftStep),
    /// This share each time this time has passed.
    Linear(ShiftStep),
}

/// A step of moving invocations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShiftStep {
    /// Of 100 invocations.
    pub percent: u32,
    /// The time until the next step.
    pub minutes: u32,
}

/// A variable of a function's environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// `RATES_URL`
    pub name: String,
    /// The same as a field of the generated settings: `rates_url`.
    pub field: Name,
    /// What it holds.
    pub value: VariableValue,
    /// Where it is declared.
    pub origin: Origin,
}

/// What a variable of a function's environment holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VariableValue {
    /// A text, in which `${AWS::…}` are CloudFormation's pseudo parameters.
    Text(String),
    /// What each stage says, or this default.
    Stage(Option<String>),
    /// The name of a secret or parameter, whose value the function reads itself.
    Secret(SecretSource),
}

/// Where a secret or parameter is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretSource {
    /// The service that stores it.
    pub store: Store,
    /// Its name or ARN, in which `${AWS::…}` are CloudFormation's pseudo parameters.
    pub id: String,
    /// The key of a JSON object that is meant.
    pub key: Option<String>,
    /// The ARN of the key that encrypts it, where that is not the account's own.
    pub kms_key: Option<String>,
    /// How long a value is kept before it is read again.
    pub refresh_seconds: u32,
}

/// A service that stores values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Store {
    /// Secrets Manager.
    Secrets,
    /// Systems Manager Parameter Store.
    Parameters,
}

impl Variable {
    /// Its name in the environment, where a secret's says that the value is elsewhere: `DB_PASSWORD_SECRET`.
    #[must_use]
    pub fn in_environment(&self) -> String {
        match &self.value {
            VariableValue::Text(_) | VariableValue::Stage(_) => self.name.clone(),
            VariableValue::Secret(source) => match source.store {
                Store::Secrets => format!("{}_SECRET", self.name),
                Store::Parameters => format!("{}_PARAMETER", self.name),
            },
        }
    }

    /// Where the value is stored, if it is not in the environment itself.
    #[must_use]
    pub const fn secret(&self) -> Option<&SecretSource> {
        match &self.value {
            VariableValue::Secret(source) => Some(source),
            VariableValue::Text(_) | VariableValue::Stage(_) => None,
        }
    }

    /// The parameter of the template by which a stage says it: `RatesUrlVariable`.
    #[must_use]
    pub fn parameter(&self) -> String {
        let words = self.name.split('_').filter(|word| !word.is_empty());
        let words = words.map(|word| {
            let mut chars = word.chars();
            let first = chars.next().map(|c| c.to_ascii_uppercase());
            first.into_iter().chain(chars.map(|c| c.to_ascii_lowercase())).collect::<String>()
        });
        words.chain(["Variable".to_owned()]).collect()
    }
}

/// A permission that a contract asks for by itself (`x-lambda.statements`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// `s3:GetObject`
    pub actions: Vec<String>,
    /// ARNs, in which `${AWS::…}` are CloudFormation's pseudo parameters.
    pub resources: Vec<String>,
    /// Why the function needs it.
    pub reason: String,
}

/// The instruction set a function is built for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Architecture {
    /// AWS Graviton.
    Arm64,
    /// Intel and AMD.
    X86_64,
}
