//! What no template says: how much traffic there is, how busy the instances are, how long one takes to boot.
//! All modelled, all a person's to change; the page says so beside every figure that rests on them.

use super::option::{Whole, component};

component! {
    /// Assumptions behind the bill and the failure model.
    Assumptions at assumptions in Assumptions {
        "assume.cpu_percent" "ac" cpu: Whole<1, 100> = Whole::new(40), "Average CPU now (%)", "Steady load of the web instances before anything fails (modelled)";
        "assume.boot_seconds" "ab" boot: Whole<10, 1800> = Whole::new(150), "Boot time (s)", "From launch to the first answer of a new web instance (modelled)";
        "assume.hours" "ar" hours: Whole<1, 730> = Whole::new(730), "Hours a month", "Hours of the month that the design stands: 730 are all of them, a workshop takes 4";
        "assume.lcu" "al" capacity_units: Whole<0, 1000> = Whole::new(1), "Load balancer capacity units", "Average LCUs of the load balancer, all hours";
        "assume.nat_gb" "an" nat_gigabytes: Whole<0, 1000000> = Whole::new(0), "Through NAT (GB a month)", "Gigabytes that the instances exchange with the internet and AWS services in a month; what endpoints carry does not pass the NAT gateways";
        "assume.s3_percent" "as" s3_percent: Whole<0, 100> = Whole::new(0), "Of these with S3 (%)", "Share of the gigabytes through NAT that is exchanged with S3; an S3 endpoint takes it for free";
        "assume.dynamodb_percent" "ay" dynamodb_percent: Whole<0, 100> = Whole::new(0), "Of these with DynamoDB (%)", "Share of the gigabytes through NAT that is exchanged with DynamoDB; a DynamoDB endpoint takes it for free";
        "assume.aws_percent" "aw" aws_percent: Whole<0, 100> = Whole::new(0), "Of these with other AWS services (%)", "Share of the gigabytes through NAT that is exchanged with other AWS services; interface endpoints take it where there are any";
        "assume.internet_gb" "ai" internet_gigabytes: Whole<0, 1000000> = Whole::new(0), "Out to the internet (GB a month)", "Gigabytes from the Region to the internet in a month";
        "assume.cross_az_gb" "az" cross_zone_gigabytes: Whole<0, 1000000> = Whole::new(0), "Between zones (GB a month)", "Gigabytes between zones in a month, each direction counted";
        "assume.savings_plan_percent" "av" savings_plan: Whole<0, 100> = Whole::new(0), "Under a Savings Plan (%)", "Share of the instance hours that a Savings Plan of yours covers; it is paid for one year or three, whatever runs";
        "assume.savings_plan_discount" "ad" savings_discount: Whole<0, 90> = Whole::new(0), "Discount of the Savings Plan (%)", "Your own figure: AWS's differs by term, payment and instance family, and the price table has none";
        "assume.change_percent" "ag" change: Whole<0, 100> = Whole::new(0), "Change of the data (% a day)", "Share of the database's storage that changes in a day: what automatic backups keep beyond the allowance that comes with the storage";
        "assume.requests_millions" "aq" requests: Whole<0, 1000000> = Whole::new(0), "Requests (millions a month)", "Millions of requests from users in a month";
        "assume.cdn_america_gb" "au" america_gigabytes: Whole<0, 10240> = Whole::new(0), "CloudFront to North America (GB a month)", "Gigabytes from CloudFront to viewers in the USA, Canada and Mexico, up to the first price step";
        "assume.cdn_europe_gb" "ae" europe_gigabytes: Whole<0, 10240> = Whole::new(0), "CloudFront to Europe (GB a month)", "Gigabytes from CloudFront to viewers in Europe and Israel, up to the first price step";
        "assume.cdn_japan_gb" "aj" japan_gigabytes: Whole<0, 10240> = Whole::new(0), "CloudFront to Japan (GB a month)", "Gigabytes from CloudFront to viewers in Japan, up to the first price step";
        "assume.cdn_asia_gb" "ap" asia_gigabytes: Whole<0, 10240> = Whole::new(0), "CloudFront to Asia (GB a month)", "Gigabytes from CloudFront to viewers in Hong Kong, Korea, Singapore, Taiwan and Southeast Asia, up to the first price step";
        "assume.calls_thousands" "jc" calls: Whole<0, 1000000> = Whole::new(0), "API calls (thousands a month)", "Thousands of calls of the private API in a month, each by one run of the clients' functions";
        "assume.call_ms" "jm" call_ms: Whole<1, 900000> = Whole::new(600), "Duration of a call (ms)", "How long a run of the function takes with its call: over an ocean, connection, TLS and request are three to four round trips of 150 ms (modelled)";
        "assume.request_kb" "jq" request_kilobytes: Whole<0, 10240> = Whole::new(2), "Size of a request (KB)", "Kilobytes that a call sends to the API (modelled)";
        "assume.answer_kb" "js" answer_kilobytes: Whole<0, 10240> = Whole::new(4), "Size of an answer (KB)", "Kilobytes that the API sends back (modelled)";
    }
}
