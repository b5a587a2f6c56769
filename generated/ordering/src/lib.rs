//! Contract of the ordering service.
