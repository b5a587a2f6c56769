//! Contract of the product service.
