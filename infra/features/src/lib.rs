//! Holds no code: its manifest makes all packages of the workspace agree on the features of what they share, so
//! that nothing is compiled twice.
