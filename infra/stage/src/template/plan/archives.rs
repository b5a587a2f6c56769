//! What keeps events of a bus.

/// An archive of the events of a bus.
#[derive(Debug, Clone, PartialEq)]
pub struct Archive {
    /// Its logical id.
    pub id: String,
    /// Its physical name.
    pub name: String,
    /// The ARN of the bus.
    pub bus: String,
    /// Which events it keeps.
    pub pattern: Option<serde_json::Value>,
    /// How long it keeps them, in days; without end where there is none.
    pub retention_days: Option<u32>,
}
