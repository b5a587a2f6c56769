//! Where everything local is: the one account and the one region.

/// The account that everything local belongs to.
pub const ACCOUNT: &str = "000000000000";

/// The region that everything local is in.
pub(crate) const REGION: &str = "us-east-1";

/// The label of every stream: the time of its table, which does not matter here.
pub(crate) const STREAM_LABEL: &str = "2020-01-01T00:00:00.000";
