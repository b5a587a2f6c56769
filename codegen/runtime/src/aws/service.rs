//! The services that functions call, and where they are reached.
//!
//! **Source** AWS general reference, "Service endpoints and quotas".

use aws_types::SdkConfig;
use aws_types::service_config::ServiceConfigKey;

/// A service of AWS: its name in messages, in configurations, and in addresses and signatures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Service {
    pub(crate) title: &'static str,
    pub(crate) id: &'static str,
    pub(crate) variable: &'static str,
    pub(crate) endpoint: &'static str,
    /// Whether the ordinary endpoint is the one with FIPS in the regions of the government of the United States.
    pub(crate) is_fips_in_gov: bool,
}

/// Tables.
pub(crate) const DYNAMODB: Service = Service {
    title: "DynamoDB",
    id: "DynamoDB",
    variable: "AWS_ENDPOINT_URL_DYNAMODB",
    endpoint: "dynamodb",
    is_fips_in_gov: true,
};

/// Events.
pub(crate) const EVENTBRIDGE: Service = Service {
    title: "EventBridge",
    id: "EventBridge",
    variable: "AWS_ENDPOINT_URL_EVENTBRIDGE",
    endpoint: "events",
    is_fips_in_gov: true,
};

/// Secrets.
pub(crate) const SECRETS_MANAGER: Service = Service {
    title: "Secrets Manager",
    id: "Secrets Manager",
    variable: "AWS_ENDPOINT_URL_SECRETS_MANAGER",
    endpoint: "secretsmanager",
    is_fips_in_gov: false,
};

/// Parameters.
pub(crate) const PARAMETER_STORE: Service = Service {
    title: "Parameter Store",
    id: "SSM",
    variable: "AWS_ENDPOINT_URL_SSM",
    endpoint: "ssm",
    is_fips_in_gov: true,
};

/// Where a configuration says that a service is reached: by its own address where that was set by the program, in the
/// section of the profile for the service, for all services, or else in the region.
pub(super) fn endpoint(service: Service, config: &SdkConfig) -> Option<String> {
    let of_all = || config.endpoint_url().map(str::to_owned);
    if config.get_origin("endpoint_url").is_client_config() {
        return of_all();
    }
    let key = ServiceConfigKey::builder().service_id(service.id).profile("endpoint_url");
    let key = key.env("AWS_ENDPOINT_URL").build().ok();
    let own = key.and_then(|key| config.service_config()?.load_config(key));
    own.or_else(of_all).or_else(|| {
        let kind = (config.use_fips() == Some(true), config.use_dual_stack() == Some(true));
        config.region().map(|region| public_endpoint(service, region.as_ref(), kind))
    })
}

/// Where a service is reached in a region, with FIPS and over IPv6 too where that is asked for.
fn public_endpoint(service: Service, region: &str, (fips, dual_stack): (bool, bool)) -> String {
    const PARTITIONS: [(&str, &str, &str); 6] = [
        ("cn-", "amazonaws.com.cn", "api.amazonwebservices.com.cn"),
        ("eusc-", "amazonaws.eu", "api.amazonwebservices.eu"),
        ("us-iso-", "c2s.ic.gov", "api.aws.ic.gov"),
        ("us-isob-", "sc2s.sgov.gov", "api.aws.scloud"),
        ("us-isof-", "csp.hci.ic.gov", "api.aws.hci.ic.gov"),
        ("eu-isoe-", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk"),
    ];
    let partition = PARTITIONS.iter().find(|(prefix, ..)| region.starts_with(prefix));
    let (_, suffix, dual) = partition.copied().unwrap_or(("", "amazonaws.com", "api.aws"));
    let in_gov = service.is_fips_in_gov && region.starts_with("us-gov-") && !dual_stack;
    let name = service.endpoint;
    let name = if !fips || in_gov { name.to_owned() } else { format!("{name}-fips") };
    format!("https://{name}.{region}.{}/", if dual_stack { dual } else { suffix })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use aws_sdk_dynamodb::config::endpoint::{DefaultResolver, Params, ResolveEndpoint as _};

    use super::*;

    #[test]
    fn every_partition_has_its_addresses() {
        let at = |region, kind| public_endpoint(EVENTBRIDGE, region, kind);
        assert_eq!(at("eu-west-1", (false, false)), "https://events.eu-west-1.amazonaws.com/");
        assert_eq!(at("us-east-1", (true, false)), "https://events-fips.us-east-1.amazonaws.com/");
        assert_eq!(at("us-east-1", (false, true)), "https://events.us-east-1.api.aws/");
        assert_eq!(
            at("us-gov-west-1", (true, false)),
            "https://events.us-gov-west-1.amazonaws.com/"
        );
        assert_eq!(at("cn-north-1", (false, false)), "https://events.cn-north-1.amazonaws.com.cn/");
        assert_eq!(
            public_endpoint(SECRETS_MANAGER, "us-gov-west-1", (true, false)),
            "https://secretsmanager-fips.us-gov-west-1.amazonaws.com/"
        );
        assert_eq!(
            public_endpoint(PARAMETER_STORE, "eu-west-1", (false, true)),
            "https://ssm.eu-west-1.api.aws/"
        );
    }

    /// A profile with an address for each service.
    #[derive(Debug)]
    struct Profile;

    impl aws_types::service_config::LoadServiceConfig for Profile {
        fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
            (key.profile() == "endpoint_url").then(|| format!("http://{}", key.service_id()))
        }
    }

    #[test]
    fn an_address_of_the_program_counts_before_those_of_the_profile() {
        let config = SdkConfig::builder().service_config(Profile).build();
        assert_eq!(endpoint(DYNAMODB, &config).unwrap(), "http://DynamoDB");
        assert_eq!(endpoint(PARAMETER_STORE, &config).unwrap(), "http://SSM");
        let mut config = config.into_builder().endpoint_url("http://all");
        config.insert_origin(
            "endpoint_url",
            aws_types::origin::Origin::shared_environment_variable(),
        );
        let config = config.build();
        assert_eq!(endpoint(DYNAMODB, &config).unwrap(), "http://DynamoDB");
        let mut config = config.into_builder();
        config.insert_origin("endpoint_url", aws_types::origin::Origin::shared_config());
        assert_eq!(endpoint(DYNAMODB, &config.build()).unwrap(), "http://all");
    }

    #[tokio::test]
    async fn tables_are_where_the_sdk_finds_them() {
        let regions = ["eu-west-1", "us-gov-west-1", "cn-north-1", "eusc-de-east-1"];
        let isolated = ["us-iso-east-1", "us-isob-east-1", "us-isof-south-1", "eu-isoe-west-1"];
        let kinds = [(false, false), (true, false), (false, true), (true, true)];
        for region in regions.into_iter().chain(isolated) {
            for (fips, dual_stack) in kinds {
                let params = Params::builder().region(region).use_fips(fips);
                let params = params.use_dual_stack(dual_stack).build().unwrap();
                // The SDK refuses what a partition does not have.
                if let Ok(theirs) = DefaultResolver::new().resolve_endpoint(&params).await {
                    let ours = public_endpoint(DYNAMODB, region, (fips, dual_stack));
                    assert_eq!(ours.trim_end_matches('/'), theirs.url(), "{region}");
                }
            }
        }
    }
}
