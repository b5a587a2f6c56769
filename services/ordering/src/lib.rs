//! Business rules of the ordering service.
