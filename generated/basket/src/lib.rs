//! Contract of the basket service.
