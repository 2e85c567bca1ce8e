//! Names of private APIs as zones, records and callers write them, and where they lead.

use crate::aws::{
    Function, HostedZone, Name, Piece, RecordSet, RestApi, Value, VpcEndpoint, sub_pieces,
};
use crate::topology::{Topology, calls};

/// A domain as text, what refers to nodes left as it is; `None` for what is known at deployment alone.
pub fn domain(topology: &Topology, node: &str, value: &Value) -> Option<String> {
    let written = match value {
        Value::Str(text) => text.clone(),
        Value::Fn(function, argument) if function == "Sub" => {
            let region = topology.region_of(node)?;
            let filled = argument.as_str()?.replace("${AWS::Region}", region.code());
            filled.replace("${AWS::URLSuffix}", "amazonaws.com")
        }
        _ => return None,
    };
    Some(written.trim_end_matches('.').to_owned())
}

/// Whether a zone holds a name: its own, or one below it.
pub fn holds(zone: &str, name: &str) -> bool {
    let below = name.strip_suffix(zone);
    below.is_some_and(|it| it.is_empty() || it.ends_with('.'))
}

/// The API's own name, by which callers ask for it.
pub fn host(topology: &Topology, api: &str) -> Option<String> {
    let region = topology.region_of(api)?;
    Some(format!("${{{api}}}.execute-api.{region}.amazonaws.com"))
}

/// A function in a VPC that asks for a private API by the API's own name.
pub struct Call<'a> {
    pub function: &'a Name,
    pub api: &'a Name,
    pub vpc: &'a Name,
}

/// Every call of a private API by its own name. The name with the endpoint's id in it is public.
pub fn calls_by_name(topology: &Topology) -> Vec<Call<'_>> {
    let by_name = calls(topology).into_iter().filter_map(|(function, api)| {
        let vpc = topology.vpc_of(function)?;
        let is_private = topology.named::<RestApi>(api)?.is_private();
        let asks = is_private && asks_by_name(topology.named(function)?, api);
        asks.then_some(Call { function, api, vpc })
    });
    by_name.collect()
}

fn asks_by_name(function: &Function, api: &str) -> bool {
    let variables = function.environment.as_ref();
    let variables = variables.and_then(|it| it.get("Variables"));
    let variables = variables.and_then(Value::as_map).unwrap_or_default();
    variables.iter().any(|(_, value)| {
        let Value::Fn(function, argument) = value else {
            return false;
        };
        let text = argument.as_str().filter(|_| function == "Sub");
        let pieces = sub_pieces(text.unwrap_or_default());
        pieces.windows(2).any(|pair| match pair {
            [Piece::Reference(name, None), Piece::Text(rest)] => {
                **name == *api && rest.starts_with(".execute-api.")
            }
            _ => false,
        })
    })
}

/// Functions that call a private API which an endpoint is the door of.
pub fn callers<'a>(topology: &'a Topology, endpoint: &str) -> Vec<&'a Name> {
    let through = calls(topology).into_iter().filter(|(_, api)| {
        let api = topology.named::<RestApi>(api);
        let doors = api.map_or(&[][..], |it| &it.endpoint.endpoints);
        doors.iter().any(|it| *it.name == *endpoint)
    });
    let functions = through.map(|(function, _)| function);
    // Without room for a subnet there is no interface to call from, which NET-015 says.
    functions
        .filter(|it| !topology.subnets_of(it).is_empty())
        .collect()
}

/// The private zone in which a VPC looks a name up: the most specific one that holds it.
pub fn zone_for<'a>(topology: &'a Topology, vpc: &str, name: &str) -> Option<&'a Name> {
    let zones = topology.all::<HostedZone>();
    let holding = zones.filter_map(|(zone, it)| {
        let own = domain(topology, zone, &it.domain)?;
        let asked = it.answers_in(vpc) && holds(&own, name);
        asked.then_some((own.len(), zone))
    });
    holding.max_by_key(|it| it.0).map(|(_, zone)| zone)
}

/// Whether a zone has a record of a name.
pub fn has_record(topology: &Topology, zone: &str, name: &str) -> bool {
    let mut records = topology.all::<RecordSet>();
    records.any(|(record, it)| {
        let its_zone = it.zone.as_ref().and_then(Value::named);
        let own = domain(topology, record, &it.domain);
        its_zone.is_some_and(|it| **it == *zone) && own.is_some_and(|own| is_of(&own, name))
    })
}

/// Whether a record, which may be a wildcard, is of a name.
fn is_of(record: &str, name: &str) -> bool {
    let wild = record.strip_prefix("*.");
    record == name || wild.is_some_and(|it| holds(it, name) && it != name)
}

/// Whether an endpoint with private DNS gives a VPC the names of every API of its Region.
pub fn has_private_dns(topology: &Topology, vpc: &str, region: crate::aws::Region) -> bool {
    let mut endpoints = topology.all::<VpcEndpoint>();
    endpoints.any(|(name, it)| {
        let serves = it.service_code() == Some("execute-api") && it.has_private_dns();
        serves && *it.vpc.name == *vpc && topology.region_of(name) == Some(region)
    })
}

/// Whether a VPC finds a private API under its own name.
pub fn is_found(topology: &Topology, call: &Call<'_>) -> bool {
    let Some(name) = host(topology, call.api) else {
        return true;
    };
    let Some(region) = topology.region_of(call.api) else {
        return true;
    };
    match zone_for(topology, call.vpc, &name) {
        Some(zone) => has_record(topology, zone, &name),
        None => has_private_dns(topology, call.vpc, region),
    }
}

#[cfg(test)]
mod tests {
    use super::{holds, is_of};

    #[test]
    fn a_zone_holds_its_own_name_and_those_below() {
        assert!(holds("example.com", "example.com"));
        assert!(holds("example.com", "a.b.example.com"));
        assert!(!holds("example.com", "badexample.com"));
        assert!(!holds("a.example.com", "example.com"));
    }

    #[test]
    fn a_wildcard_is_of_what_is_below_it() {
        assert!(is_of("*.example.com", "a.example.com"));
        assert!(!is_of("*.example.com", "example.com"));
        assert!(!is_of("b.example.com", "a.example.com"));
    }
}
