//! What a template includes, and what the language extensions add to it.

use stage::Stage;

use crate::languages::{refusal_of, stage_of};
use crate::support::Folder;

async fn started(text: &str, files: &[(&str, &str)]) -> Stage {
    stage_of(beside(text, files).1).await
}

async fn refused(text: &str, files: &[(&str, &str)]) -> String {
    let (_folder, path) = beside(text, files);
    refusal_of(path).await
}

fn beside(text: &str, files: &[(&str, &str)]) -> (Folder, std::path::PathBuf) {
    let folder = Folder::new();
    for (name, text) in files {
        folder.write(name, text);
    }
    let path = folder.write("t.yaml", text);
    (folder, path)
}

const INCLUDE: &str = "{Name: AWS::Include, Parameters: {Location: inc.yaml}}";

#[tokio::test]
async fn parts_of_a_template_are_included_wherever_they_stand() {
    let queue = |rest: &str| format!("Resources:\n  Q:\n    Type: AWS::SQS::Queue\n{rest}");
    for (text, file) in [
        (
            queue(&format!("    Properties: {{DelaySeconds: 1, Fn::Transform: {INCLUDE}}}\n")),
            "QueueName: abc",
        ),
        (queue(&format!("    Properties: {{Fn::Transform: {INCLUDE}}}\n")), "QueueName: abc"),
        (
            format!("Resources:\n  P: {{Type: AWS::SQS::Queue}}\n  Fn::Transform: {INCLUDE}\n"),
            "Q: {Type: AWS::SQS::Queue, Properties: {QueueName: abc}}",
        ),
        (
            format!(
                "Mappings: {{Fn::Transform: {INCLUDE}}}\n{}",
                queue("    Properties: {QueueName: !FindInMap [M, a, b]}\n")
            ),
            "M: {a: {b: abc}}",
        ),
        (
            format!("Transform: {INCLUDE}\n"),
            "Resources: {Q: {Type: AWS::SQS::Queue, Properties: {QueueName: abc}}}",
        ),
    ] {
        let (_folder, path) = beside(&text, &[("inc.yaml", file)]);
        let stage = stage_of(path).await;
        assert!(stage.queue_url("Q").unwrap().ends_with("/abc"), "{text}");
    }
}

#[tokio::test]
async fn includes_that_cannot_be_merged_are_refused() {
    let text = format!(
        "Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties: {{QueueName: a, Fn::Transform: {INCLUDE}}}\n"
    );
    for (file, expected) in [
        ("QueueName: b", "t.yaml:4: template: `QueueName` is there already"),
        ("[a]", "must be a map"),
        (
            "{Tags: [], Fn::Transform: {Name: AWS::Include, Parameters: {Location: ./inc.yaml}}}",
            "refers to itself",
        ),
    ] {
        let told = refused(&text, &[("inc.yaml", file)]).await;
        assert!(told.contains(expected), "{told}");
    }
    let macros =
        "Transform: [{Name: Count, Parameters: {a: b}}]\nResources: {Q: {Type: AWS::SQS::Queue}}";
    let told = refused(macros, &[]).await;
    assert!(told.contains("the transform `Count` runs only in AWS"), "{told}");
}

#[tokio::test]
async fn references_may_be_functions_with_the_language_extensions() {
    let text = "Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::Q:\n    - N\n    - [A, B]\n    \
                - {'Queue${N}': {Type: AWS::SQS::Queue, Properties: {QueueName: 'q-${N}'}}}\nOutputs:\n  Fn::ForEach::O:\n    \
                - N\n    - [A, B]\n    - {'Out${N}': {Value: {Ref: {Fn::Sub: 'Queue${N}'}}}}\n";
    let stage = started(text, &[]).await;
    assert!(stage.output("OutB").unwrap().ends_with("/q-B"), "{:?}", stage.output("OutB"));
    for (value, function) in [
        ("!Length [a]", "Fn::Length"),
        ("{Fn::ToJsonString: {a: b}}", "Fn::ToJsonString"),
        ("!FindInMap [M, a, b, {DefaultValue: c}]", "DefaultValue"),
    ] {
        let text = format!(
            "Resources:\n  Q: {{Type: AWS::SQS::Queue}}\n  P: {{Type: AWS::SSM::Parameter, Properties: {{Type: String, Value: {value}}}}}\n"
        );
        let told = refused(&text, &[]).await;
        let expected = format!("`{function}` needs `Transform: AWS::LanguageExtensions`");
        assert!(told.contains(&expected), "{told}");
    }
}

#[tokio::test]
async fn constraints_of_a_list_are_those_of_its_items() {
    let text = |parameter: &str| {
        format!("Parameters: {{X: {parameter}}}\nResources: {{Q: {{Type: AWS::SQS::Queue}}}}\n")
    };
    for parameter in [
        "{Type: CommaDelimitedList, AllowedValues: [a, b], Default: 'a, b'}",
        "{Type: CommaDelimitedList, AllowedPattern: '[a-z]+', Default: 'ab,cd'}",
        "{Type: List<Number>, AllowedValues: [1, 2], Default: '1,2'}",
    ] {
        started(&text(parameter), &[]).await;
    }
    for (parameter, expected) in [
        ("{Type: CommaDelimitedList, AllowedValues: [a, b], Default: 'a,c'}", "`c` is not allowed"),
        ("{Type: List<Number>, Default: '1,z'}", "`z` is not a number"),
    ] {
        let told = refused(&text(parameter), &[]).await;
        assert!(told.contains(expected), "{told}");
    }
}

#[tokio::test]
async fn what_cloudformation_refuses_of_names_and_values_is_refused() {
    let queue = "Type: AWS::SQS::Queue";
    for (text, expected) in [
        (
            "Parameters: {X: {Type: Foo, Default: a}}\nResources: {Q: {QUEUE}}",
            "`Foo` is not a type of parameters",
        ),
        (
            "Conditions: {X: !Equals [!Ref P, a]}\nResources: {P: {QUEUE}, Q: {QUEUE, Condition: X}}",
            "a condition cannot refer to `P`",
        ),
        ("Resources: {Q_x: {QUEUE}}", "`Q_x` in `Resources` is not a logical ID"),
        ("Resources: {Q: {QUEUE, DeletionPolicy: Keep}}", "`DeletionPolicy` must be one of"),
        (
            "Resources: {Q: {QUEUE, UpdateReplacePolicy: RetainExceptOnCreate}}",
            "`UpdateReplacePolicy` must be one of",
        ),
        ("Mappings: {M: {a: b}}\nResources: {Q: {QUEUE}}", "the mapping `M`.`a` must be a map"),
        (
            "Resources: {Q: {QUEUE}}\nOutputs: {A: {Value: !Sub '${ Q }'}}",
            "`Fn::Sub`: ` Q ` is not a name",
        ),
        (
            "Resources: {Q: {QUEUE}}\nOutputs: {A: {Value: a, Export: {Name: n}}, B: {Value: b, Export: {Name: n}}}",
            "output `B`: another output exports `n` already",
        ),
    ] {
        let told = refused(&text.replace("QUEUE", queue), &[]).await;
        assert!(told.contains(expected), "{told}");
    }
}
