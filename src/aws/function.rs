//! A Lambda function. In a VPC it has network interfaces in each of its subnets, and goes on from the others when a zone is
//! lost (Lambda developer guide, resilience, VPC).

use super::{
    Describe, Figure, Flow, Glyph, Home, Id, Meter, Outage, SecurityGroup, Subnet, Tags, Value, typed,
};
use crate::text::{Text, text};

typed! {
    Function {
        "Handler" handler: Option<String>,
        "Runtime" runtime: Option<String>,
        "Code" code: Value,
        "Role" role: Value,
        /// Seconds; AWS's default is 3.
        "Timeout" timeout: Option<u32>,
        /// Megabytes; AWS's default is 128.
        "MemorySize" memory: Option<u32>,
        /// Left out, the function may take all that the account has.
        "ReservedConcurrentExecutions" concurrency: Option<u32>,
        "VpcConfig" network: Option<FunctionNetwork>,
        /// `{LogGroup, LogFormat}`; left out, Lambda makes a log group that is kept for ever.
        "LoggingConfig" logging: Option<Value>,
        "Environment" environment: Option<Value>,
        /// `arm64` or `x86_64`, the default.
        "Architectures" architectures: Vec<String>,
        "Tags" tags: Tags,
    }
}

typed! {
    /// Where a function has its network interfaces.
    FunctionNetwork {
        "SubnetIds" subnets: Vec<Id<Subnet>>,
        "SecurityGroupIds" security_groups: Vec<Id<SecurityGroup>>,
    }
}

impl Function {
    /// Seconds that a run may take where the template says nothing (Lambda API reference, CreateFunction).
    pub const DEFAULT_TIMEOUT_S: u32 = 3;

    /// Seconds that a run may take.
    pub fn timeout_s(&self) -> u32 {
        self.timeout.unwrap_or(Self::DEFAULT_TIMEOUT_S)
    }

    /// Gigabytes of memory; AWS's default is 128 MB.
    pub fn gigabytes(&self) -> f64 {
        f64::from(self.memory.unwrap_or(128)) / 1024.0
    }

    pub fn is_arm(&self) -> bool {
        self.architectures.iter().any(|it| it == "arm64")
    }

    /// Subnets of its network interfaces; none outside of a VPC.
    pub fn subnets(&self) -> &[Id<Subnet>] {
        self.network.as_ref().map_or(&[], |it| &it.subnets)
    }

    pub fn security_groups(&self) -> &[Id<SecurityGroup>] {
        self.network.as_ref().map_or(&[], |it| &it.security_groups)
    }
}

impl Describe for Function {
    const KIND: &'static str = "AWS::Lambda::Function";
    const TITLE: Text = text("aws.function", "Lambda function");
    const REF: &'static str = "Name";

    fn home(&self) -> Home {
        if self.subnets().is_empty() {
            return Home::Region;
        }
        Home::Spread(self.subnets().iter().map(|it| it.name.clone()).collect())
    }

    fn figure(&self) -> Figure {
        if self.subnets().is_empty() { Figure::Companion(Glyph::Function) } else { Figure::Group(Glyph::Function) }
    }

    fn outage(&self) -> Outage {
        if self.subnets().is_empty() { Outage::Unaffected } else { Outage::Thins }
    }

    fn meters(&self) -> Vec<Meter> {
        let runs = text("meter.function-runs", "Runs of Lambda functions");
        let seconds = text("meter.function-seconds", "Duration of Lambda functions");
        let dimension = if self.is_arm() { "duration_arm_first_tier" } else { "duration_x86_first_tier" };
        vec![
            Meter::flow(runs, "Lambda", "requests", Flow::Runs),
            Meter::flow(seconds, "Lambda", dimension, Flow::RunSeconds),
        ]
    }
}
