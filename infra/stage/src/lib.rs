//! A local stage: reads a CloudFormation template and stands it up on 127.0.0.1.

pub mod cpu;
pub mod gateway;
pub mod guardian;
mod http;
pub mod lambda;
pub mod log;
pub mod template;
