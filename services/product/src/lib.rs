//! Business rules of the product service.
