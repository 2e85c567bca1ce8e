//! Whether the design has the web application at all, and how its resources are shared out among stacks.

use super::option::{choice, component};

choice! {
    /// What stands together in one stack.
    Grouping {
        /// Network, security, data, application: each layer in a stack of its own.
        Layers = "layers",
        /// All of a Region, but for what has to wait for another Region.
        Regions = "regions",
    }
}

choice! {
    /// How a value comes from one stack to another.
    Handing {
        /// The script passes outputs as parameters.
        Parameters = "parameters",
        /// `Fn::GetStackOutput`: CloudFormation itself reads the other stack, in its Region.
        StackOutputs = "stack-outputs",
    }
}

component! {
    /// What there is beside the network, and in which stacks.
    Application at application in Network {
        "application.enabled" "we" enabled: bool = true, "Web application", "Load balancer, web instances and database, with all that belongs to them; needs public subnets";
        "stacks.grouping" "wg" grouping: Grouping = Grouping::Layers, "Stacks", "One stack for each layer, or one for each Region and what waits for another Region";
        "stacks.handing" "wh" handing: Handing = Handing::Parameters, "Values between stacks", "The script hands outputs on as parameters, or CloudFormation reads them by Fn::GetStackOutput, a function of 2026 that older tools do not know";
    }
}
