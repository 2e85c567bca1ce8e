//! How many processors an EC2 instance type has (EC2 user guide, instance type specifications).

/// Processors of a type such as `t4g.small`: two up to `large`, one for a `medium` that is not burstable, then as the size
/// says; two for what is not understood.
pub fn processors(instance_type: &str) -> u32 {
    let (family, size) = instance_type.split_once('.').unwrap_or((instance_type, ""));
    match size {
        "medium" if !family.starts_with('t') => 1,
        "xlarge" => 4,
        size => {
            let times = size
                .strip_suffix("xlarge")
                .and_then(|it| it.parse::<u32>().ok());
            times.map_or(2, |it| it.saturating_mul(4))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::processors;

    #[test]
    fn processors_follow_the_size() {
        let of = [
            "t3.nano",
            "t4g.small",
            "m6g.medium",
            "m5.large",
            "c6i.xlarge",
            "r6g.4xlarge",
            "what",
        ];
        assert_eq!(of.map(processors), [2, 2, 1, 2, 4, 16, 2]);
    }
}
