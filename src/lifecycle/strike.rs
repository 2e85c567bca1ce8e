//! How faults strike: what a service says that is out of order, and what must be there before the first run.

use super::account::{Address, Gateway, Stage, Tags, Target};
use super::fault::Fault;
use super::scene::Scene;
use super::world::World;
use crate::states::Failure;

/// What a service says that cannot take a call.
pub fn refusal(resource: &str) -> Failure {
    let service = resource.rsplit_once(':').map_or("", |(service, _)| service);
    let (error, name) = match service.rsplit(':').next().unwrap_or_default() {
        "ec2" => ("Ec2.Ec2Exception", "Ec2"),
        "dynamodb" => ("DynamoDb.InternalServerErrorException", "DynamoDb"),
        "sfn" => ("Sfn.SfnException", "Sfn"),
        "sns" => ("Sns.InternalErrorException", "Sns"),
        _ => ("Lambda.ServiceException", "Lambda"),
    };
    Failure::new(
        error,
        format!("Service unavailable (Service: {name}, Status Code: 503)"),
    )
}

/// Makes the account such that a fault can strike.
pub(super) fn prepare(fault: &Fault, scene: &Scene, world: &mut World) {
    let account = &mut world.account;
    let first = scene.plan.first();
    match fault {
        Fault::Failed => account.next_fails = true,
        Fault::ZoneDown(zone) => {
            account.dark.insert(zone.clone());
        }
        Fault::RouteTaken => {
            let tables = first.into_iter().flat_map(|it| it.tables.first());
            for table in tables {
                let target = Target::Other("tgw-other-team".to_owned());
                account.tables.insert(table.clone(), Some(target));
            }
        }
        Fault::Foreign => {
            let allocation = "eipalloc-other-team".to_owned();
            let address = Address { tags: Tags::new() };
            account.addresses.insert(allocation.clone(), address);
            if let Some(zone) = first {
                let gateway = Gateway {
                    subnet: zone.subnet.clone(),
                    allocation,
                    state: Stage::Available,
                    tags: Tags::new(),
                    token: None,
                    created_s: 0,
                    fails: false,
                };
                account
                    .gateways
                    .insert("nat-0-other-team".to_owned(), gateway);
            }
        }
        Fault::Once(_)
        | Fault::Always(_)
        | Fault::Lost(_)
        | Fault::Stuck
        | Fault::RouteDeleted
        | Fault::Twice
        | Fault::Overlap => (),
    }
}
