//! Business rules of the basket service.
