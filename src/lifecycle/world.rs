//! Everything that a run can call: EC2, the ledger, other runs, the topic and the functions.
//!
//! A direct call of Step Functions names its error after the service and the exception of AWS's Java SDK
//! (<https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html>). That SDK has no exceptions of its
//! own for EC2, so that every error of EC2 is `Ec2.Ec2Exception` and only its cause tells more.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use super::account::Account;
use super::ec2::Refusal;
use super::expression::{self, Item};
use super::twin::Function;
use crate::states::Failure;

/// The account, the ledger and the topic at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct World {
    pub account: Account,
    /// The ledger's item; empty before the first run.
    pub ledger: Item,
    /// How runs stand, by their ARN, in Step Functions' words.
    pub runs: BTreeMap<String, &'static str>,
    /// What was published, oldest first.
    pub topic: Vec<Published>,
    pub names: Arc<Names>,
}

/// A message on the topic.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Published {
    pub subject: String,
    pub message: String,
}

/// What things are called.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Names {
    /// The stack, in the tag of everything that a run makes.
    pub stack: String,
    pub ledger: String,
    pub topic: String,
    /// Functions by ARN.
    pub functions: BTreeMap<String, Function>,
}

impl World {
    /// Answers a call of a run.
    ///
    /// # Errors
    /// What the service refuses, named as Step Functions names it.
    pub fn call(&mut self, resource: &str, given: &Value) -> Result<Value, Failure> {
        let Some(name) = resource.strip_prefix("arn:aws:states:::") else {
            return Err(unknown(resource));
        };
        let (service, action) = name.rsplit_once(':').unwrap_or(("", name));
        match (service, action) {
            ("aws-sdk:ec2", action) => self.account.call(action, given).map_err(|it| direct(&it)),
            ("aws-sdk:dynamodb", "updateItem") => self.update(given),
            ("aws-sdk:dynamodb", "getItem") => self.get(given),
            ("aws-sdk:sfn", "describeExecution") => self.describe(given),
            ("aws-sdk:sns" | "sns", "publish") => self.publish(given),
            ("lambda", "invoke") => self.invoke(given),
            _ => Err(unknown(resource)),
        }
    }

    fn update(&mut self, given: &Value) -> Result<Value, Failure> {
        self.is_ledger(given)?;
        let values = &given["ExpressionAttributeValues"];
        let invalid = || Failure::new("DynamoDb.DynamoDbException", "Invalid expression");
        if let Some(condition) = given["ConditionExpression"].as_str() {
            let holds = expression::holds(condition, &self.ledger, values).ok_or_else(invalid)?;
            if !holds {
                let cause = "The conditional request failed (Service: DynamoDb, Status Code: 400)";
                return Err(Failure::new(
                    "DynamoDb.ConditionalCheckFailedException",
                    cause,
                ));
            }
        }
        let update = given["UpdateExpression"].as_str().unwrap_or_default();
        let mut item = expression::updated(update, &self.ledger, values).ok_or_else(invalid)?;
        item.extend(given["Key"].as_object().cloned().unwrap_or_default());
        self.ledger = item;
        Ok(json!({}))
    }

    fn get(&self, given: &Value) -> Result<Value, Failure> {
        self.is_ledger(given)?;
        Ok(match self.ledger.is_empty() {
            true => json!({}),
            false => json!({"Item": self.ledger}),
        })
    }

    fn is_ledger(&self, given: &Value) -> Result<(), Failure> {
        let known = [
            "TableName",
            "Key",
            "UpdateExpression",
            "ConditionExpression",
            "ExpressionAttributeValues",
            "ConsistentRead",
        ];
        let mut keys = given.as_object().into_iter().flat_map(|it| it.keys());
        if let Some(key) = keys.find(|it| !known.contains(&it.as_str())) {
            return Err(Failure::new(
                "States.Runtime",
                format!("The field {key} is not modelled"),
            ));
        }
        if given["TableName"] == *self.names.ledger {
            return Ok(());
        }
        let cause = "Requested resource not found (Service: DynamoDb, Status Code: 400)";
        Err(Failure::new("DynamoDb.ResourceNotFoundException", cause))
    }

    fn describe(&self, given: &Value) -> Result<Value, Failure> {
        let arn = given["ExecutionArn"].as_str().unwrap_or_default();
        match self.runs.get(arn) {
            Some(status) => Ok(json!({"ExecutionArn": arn, "Status": status})),
            None => {
                let cause =
                    format!("Execution Does Not Exist: '{arn}' (Service: Sfn, Status Code: 400)");
                Err(Failure::new("Sfn.ExecutionDoesNotExistException", cause))
            }
        }
    }

    fn publish(&mut self, given: &Value) -> Result<Value, Failure> {
        let words = |name: &str| given[name].as_str().unwrap_or_default().to_owned();
        let (subject, message) = (words("Subject"), words("Message"));
        if given["TopicArn"] != *self.names.topic {
            return Err(Failure::new(
                "Sns.NotFoundException",
                "Topic does not exist",
            ));
        }
        if message.is_empty() || subject.len() > 100 || !subject.is_ascii() {
            return Err(Failure::new(
                "Sns.InvalidParameterException",
                "Invalid parameter",
            ));
        }
        self.topic.push(Published { subject, message });
        Ok(json!({"MessageId": self.topic.len().to_string()}))
    }

    fn invoke(&mut self, given: &Value) -> Result<Value, Failure> {
        let arn = given["FunctionName"].as_str().unwrap_or_default();
        let names = Arc::clone(&self.names);
        let Some(function) = names.functions.get(arn) else {
            return Err(Failure::new(
                "Lambda.ResourceNotFoundException",
                format!("Function not found: {arn}"),
            ));
        };
        let payload = function.answer(&names.stack, &mut self.account, &given["Payload"])?;
        Ok(json!({"ExecutedVersion": "$LATEST", "Payload": payload, "StatusCode": 200}))
    }
}

/// An error of EC2 as a direct call tells it: its code is not among the words.
fn direct(refusal: &Refusal) -> Failure {
    let cause = format!("{} (Service: Ec2, Status Code: 400)", refusal.message);
    Failure::new("Ec2.Ec2Exception", cause)
}

fn unknown(resource: &str) -> Failure {
    Failure::new(
        "States.Runtime",
        format!("The resource {resource} is not modelled"),
    )
}
