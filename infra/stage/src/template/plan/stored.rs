//! Values of Parameter Store and Secrets Manager, by name.

use std::collections::BTreeMap;
use std::fmt;

/// What is stored. Shows no value.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Stored {
    /// Secrets.
    pub secrets: BTreeMap<String, String>,
    /// Parameters.
    pub parameters: BTreeMap<String, String>,
    /// The types of parameters that the template declares.
    pub types: BTreeMap<String, String>,
}

impl fmt::Debug for Stored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = |values: &BTreeMap<String, String>| values.keys().cloned().collect::<Vec<_>>();
        f.debug_struct("Stored")
            .field("secrets", &names(&self.secrets))
            .field("parameters", &names(&self.parameters))
            .finish()
    }
}

impl Stored {
    /// Adds what another stack stores.
    pub(in crate::template) fn extend(&mut self, other: Self) {
        self.secrets.extend(other.secrets);
        self.parameters.extend(other.parameters);
        self.types.extend(other.types);
    }

    /// A secret by name or ARN: its name and value.
    #[must_use]
    pub fn secret(&self, id: &str) -> Option<(&str, &str)> {
        let found = self.secrets.get_key_value(id).or_else(|| {
            // Secrets Manager adds a dash and six characters of its own to the name in an ARN.
            let (_, name) = id.split_once(":secret:")?;
            let bare = name.len().checked_sub(7).and_then(|end| name.get(..end));
            self.secrets.get_key_value(name).or_else(|| self.secrets.get_key_value(bare?))
        });
        found.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// A parameter by name or ARN: its name and value.
    #[must_use]
    pub fn parameter(&self, id: &str) -> Option<(&str, &str)> {
        let name = id.split_once(":parameter").map_or(id, |(_, name)| name);
        let known = [id, name, name.trim_start_matches('/')];
        let found = known.into_iter().find_map(|name| self.parameters.get_key_value(name));
        found.map(|(name, value)| (name.as_str(), value.as_str()))
    }
}
