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
        "assume.peak_percent" "lh" peak: Whole<0, 500> = Whole::new(0), "Peak hours (% of the steady ones)", "Hours of instances that scaling adds to the desired ones of a group, as a share of theirs; on demand, since a Savings Plan pays for what always runs";
        "assume.log_gb" "lg" log_gigabytes: Whole<0, 1000000> = Whole::new(0), "Logs to CloudWatch (GB a month)", "Gigabytes that would be written to the log groups in a month, before sampling; each group takes the same share";
        "assume.log_sample_percent" "la" log_sample: Whole<0, 100> = Whole::new(100), "Log lines written (%)", "Share of the log lines that are kept when the application samples them";
        "assume.flow_log_gb" "lv" flow_log_gigabytes: Whole<0, 1000000> = Whole::new(0), "VPC Flow Logs (GB a month)", "Gigabytes that VPC Flow Logs bring to the log bucket in a month";
        "assume.access_log_gb" "lw" access_log_gigabytes: Whole<0, 1000000> = Whole::new(0), "Access logs to S3 (GB a month)", "Gigabytes that load balancer, CloudFront and API trail bring to the log bucket in a month: delivery is free, storage is not";
        "assume.change_percent" "ag" change: Whole<0, 100> = Whole::new(0), "Change of the data (% a day)", "Share of the database's storage that changes in a day: what automatic backups keep beyond the allowance that comes with the storage";
        "assume.aurora_gb" "dq" aurora_gigabytes: Whole<0, 131072> = Whole::new(20), "Aurora's volume (GB)", "Gigabytes that an Aurora cluster holds: its volume grows by itself and is billed as it is filled";
        "assume.aurora_io_millions" "dv" aurora_requests: Whole<0, 1000000> = Whole::new(0), "Aurora's I/O (millions a month)", "Millions of reads and writes of the volume in a month, each billed with Aurora Standard";
        "assume.acu_percent" "dh" capacity_percent: Whole<0, 100> = Whole::new(10), "Aurora Serverless capacity used (%)", "How far from the least to the most capacity its instances are on average (modelled)";
        "assume.requests_millions" "aq" requests: Whole<0, 1000000> = Whole::new(0), "Requests (millions a month)", "Millions of requests from users in a month";
        "assume.cache_hit_percent" "ah" cache_hits: Whole<0, 100> = Whole::new(0), "Cache hit rate (%)", "Share of the requests and bytes that CloudFront answers itself: they reach neither the load balancer nor the bucket, nor Origin Shield (modelled)";
        "assume.static_percent" "ax" static_share: Whole<0, 100> = Whole::new(50), "Requests for static files (%)", "Share of the requests that ask for files of the site's bucket (modelled)";
        "assume.site_gb" "ak" site_gigabytes: Whole<0, 100000> = Whole::new(10), "Static files (GB)", "Gigabytes that the site's bucket holds, earlier versions included (modelled)";
        "assume.cdn_america_gb" "au" america_gigabytes: Whole<0, 10240> = Whole::new(0), "CloudFront to North America (GB a month)", "Gigabytes from CloudFront to viewers in the USA, Canada and Mexico, up to the first price step";
        "assume.cdn_europe_gb" "ae" europe_gigabytes: Whole<0, 10240> = Whole::new(0), "CloudFront to Europe (GB a month)", "Gigabytes from CloudFront to viewers in Europe and Israel, up to the first price step";
        "assume.cdn_japan_gb" "aj" japan_gigabytes: Whole<0, 10240> = Whole::new(0), "CloudFront to Japan (GB a month)", "Gigabytes from CloudFront to viewers in Japan, up to the first price step";
        "assume.cdn_asia_gb" "ap" asia_gigabytes: Whole<0, 10240> = Whole::new(0), "CloudFront to Asia (GB a month)", "Gigabytes from CloudFront to viewers in Hong Kong, Korea, Singapore, Taiwan and Southeast Asia, up to the first price step";
        "assume.calls_thousands" "jc" calls: Whole<0, 1000000> = Whole::new(0), "API calls (thousands a month)", "Thousands of calls of the private API in a month, each by one run of the clients' functions";
        "assume.call_ms" "jm" call_ms: Whole<1, 900000> = Whole::new(600), "Duration of a call (ms)", "How long a run of the function takes with its call: over an ocean, connection, TLS and request are three to four round trips of 150 ms (modelled)";
        "assume.request_kb" "jq" request_kilobytes: Whole<0, 10240> = Whole::new(2), "Size of a request (KB)", "Kilobytes that a call sends to the API (modelled)";
        "assume.answer_kb" "js" answer_kilobytes: Whole<0, 10240> = Whole::new(4), "Size of an answer (KB)", "Kilobytes that the API sends back (modelled)";
        "assume.orders_thousands" "mm" orders: Whole<0, 1000000> = Whole::new(0), "Orders (thousands a month)", "Thousands of orders that come in over the public API in a month";
        "assume.order_kb" "mj" order_kilobytes: Whole<1, 400> = Whole::new(1), "Size of an order (KB)", "Kilobytes of an order, in the queue and in the table (modelled)";
        "assume.order_ms" "mu" order_ms: Whole<1, 900000> = Whole::new(50), "Duration of an order (ms)", "How long a function is at work for an order (modelled)";
        "assume.api_events_thousands" "hv" api_events: Whole<0, 1000000> = Whole::new(1000), "Recorded API calls (thousands a month)", "Thousands of calls of AWS's own APIs in a month, which GuardDuty reads from CloudTrail (modelled)";
        "assume.connection_log_gb" "hl" connection_logs: Whole<0, 1000000> = Whole::new(10), "Flow and DNS logs (GB a month)", "Gigabytes of flow and DNS logs in a month, which GuardDuty reads whether they are stored or not (modelled)";
        "assume.config_items" "hc" configuration_items: Whole<0, 10000000> = Whole::new(2000), "Configuration items (a month)", "Changes of resources that AWS Config writes down in a month; instances that come and go are most of them (modelled)";
        "assume.security_checks" "hk" security_checks: Whole<0, 10000000> = Whole::new(20000), "Security Hub checks (a month)", "Controls times resources times how often each is looked at in a month (modelled)";
        "assume.image_gb" "hg" images: Whole<0, 100000> = Whole::new(5), "Container images (GB)", "Gigabytes that the image repository keeps (modelled)";
        "assume.order_reads" "m1" order_reads: Whole<0, 1000> = Whole::new(0), "Reads of an order", "How often an order is read from the table, by whoever reads it";
        "assume.kept_months" "m2" kept_months: Whole<0, 120> = Whole::new(3), "Months of orders in the table", "Months whose orders the table holds at any time";
        "assume.spot_discount" "m3" spot_discount: Whole<0, 95> = Whole::new(0), "Spot discount (%)", "Discount of Spot instances on the on-demand price; Spot prices change by the hour, so at 0 they are left without a price";
    }
}
