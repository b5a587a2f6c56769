//! Where everything local is: the one account and the one region.

/// The account that everything local belongs to.
pub const ACCOUNT: &str = "000000000000";

/// The region that everything local is in.
pub const REGION: &str = "us-east-1";
