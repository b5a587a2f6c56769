//! Nothing of its own: the examples are the contract crates that the generator's test cases expect, and the tests try
//! what they do.
