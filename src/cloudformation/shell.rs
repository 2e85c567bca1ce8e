//! The two shells that the scripts of an export are written for: how each quotes and calls.
//!
//! Bash runs in CloudShell and in the 3.2 of macOS; PowerShell in Windows' own 5.1 and in version 7. Neither needs more
//! than the AWS CLI.

/// A shell that scripts are written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shell {
    Bash,
    PowerShell,
}

/// Windows PowerShell takes a script for the system's old code page unless it begins with this.
const BYTE_ORDER_MARK: &str = "\u{feff}";

impl Shell {
    pub const ALL: [Self; 2] = [Self::Bash, Self::PowerShell];

    pub fn deploy_file(self) -> &'static str {
        match self {
            Self::Bash => "deploy.sh",
            Self::PowerShell => "deploy.ps1",
        }
    }

    pub fn destroy_file(self) -> &'static str {
        match self {
            Self::Bash => "destroy.sh",
            Self::PowerShell => "destroy.ps1",
        }
    }

    /// The language of a code block.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Bash => "bash",
            Self::PowerShell => "powershell",
        }
    }

    /// What a script begins with.
    pub fn start(self) -> &'static str {
        match self {
            Self::Bash => "",
            Self::PowerShell => BYTE_ORDER_MARK,
        }
    }

    /// A sentence inside double quotes; `${name}` stays, for the variables that the values name.
    pub fn in_quotes(self, sentence: &str) -> String {
        let mut out = String::new();
        let mut rest = sentence.chars().peekable();
        while let Some(it) = rest.next() {
            let is_special = match self {
                Self::Bash => matches!(it, '"' | '\\' | '`'),
                Self::PowerShell => is_double_quote(it) || it == '`',
            };
            if is_special || (it == '$' && rest.peek() != Some(&'{')) {
                out.push(self.escape());
            }
            out.push(it);
        }
        out
    }

    fn escape(self) -> char {
        match self {
            Self::Bash => '\\',
            Self::PowerShell => '`',
        }
    }

    /// Text that means nothing but itself, in single quotes.
    pub fn literal(self, text: &str) -> String {
        match self {
            Self::Bash => format!("'{}'", text.replace('\'', "'\\''")),
            Self::PowerShell => {
                let mut out = String::from("'");
                for it in text.chars() {
                    if is_single_quote(it) {
                        out.push(it);
                    }
                    out.push(it);
                }
                out.push('\'');
                out
            }
        }
    }

    /// A line that keeps the answer of a command, broken before its last options, in a variable.
    pub fn keep(self, variable: &str, command: &str, options: &str) -> String {
        match self {
            Self::Bash => format!("{variable}=$({command} \\\n  {options})\n"),
            Self::PowerShell => format!("${variable} = {command} `\n  {options}\n"),
        }
    }

    /// A line that sets a variable to a word.
    pub fn set(self, variable: &str, word: &str) -> String {
        match self {
            Self::Bash => format!("{variable}={word}\n"),
            Self::PowerShell => format!("${variable} = '{word}'\n"),
        }
    }

    /// One line that calls a function of the script with words.
    pub fn call(self, task: Task, words: &[&str]) -> String {
        let name = task.name(self);
        let mut line = name.to_owned();
        for word in words {
            line.push(' ');
            line.push_str(word);
        }
        line.push('\n');
        line
    }
}

/// PowerShell takes typographic quotes for its own.
fn is_double_quote(it: char) -> bool {
    matches!(it, '"' | '\u{201c}' | '\u{201d}' | '\u{201e}')
}

fn is_single_quote(it: char) -> bool {
    matches!(it, '\'' | '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}')
}

/// What the scripts' functions do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    Need,
    Recall,
    Choose,
    CloseWindows,
    Deploy,
    Show,
    WaitFor,
    Delete,
    DeleteLeft,
    ClearBuckets,
    ForgetLogs,
    ForgetClusterLogs,
    Snapshots,
    ClusterSnapshots,
    Tables,
    Temporary,
    Remaining,
    Spare,
    Scan,
    Unscan,
}

impl Task {
    fn name(self, shell: Shell) -> &'static str {
        let (bash, powershell) = match self {
            Self::Need => ("need", "Assert-Choice"),
            Self::Recall => ("recall", "Find-Setting"),
            Self::Choose => ("choose", "Add-Choice"),
            Self::CloseWindows => ("close_windows", "Close-Window"),
            Self::Deploy => ("deploy", "Deploy-Stack"),
            Self::Show => ("show", "Show-Output"),
            Self::WaitFor => ("wait_for", "Wait-Answer"),
            Self::Delete => ("delete", "Remove-Stack"),
            Self::DeleteLeft => ("delete_left", "Remove-Left"),
            Self::ClearBuckets => ("clear_buckets", "Remove-Bucket"),
            Self::ForgetLogs => ("forget_logs", "Clear-Log"),
            Self::ForgetClusterLogs => ("forget_cluster_logs", "Clear-ClusterLog"),
            Self::Snapshots => ("snapshots", "Show-Snapshot"),
            Self::ClusterSnapshots => ("cluster_snapshots", "Show-ClusterSnapshot"),
            Self::Tables => ("tables", "Show-Table"),
            Self::Temporary => ("temporary", "Show-Temporary"),
            Self::Remaining => ("remaining", "Show-Rest"),
            Self::Spare => ("spare", "Skip-Service"),
            Self::Scan => ("scan", "Enable-Scan"),
            Self::Unscan => ("unscan", "Disable-Scan"),
        };
        match shell {
            Shell::Bash => bash,
            Shell::PowerShell => powershell,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Shell;

    #[test]
    fn sentences_survive_either_shell_and_keep_their_variables() {
        let sentence = "“a” \"b\" `c` \\ $5 ${x}";
        let bash = "“a” \\\"b\\\" \\`c\\` \\\\ \\$5 ${x}";
        let powershell = "`“a`” `\"b`\" ``c`` \\ `$5 ${x}";
        assert_eq!(Shell::Bash.in_quotes(sentence), bash);
        assert_eq!(Shell::PowerShell.in_quotes(sentence), powershell);
    }

    #[test]
    fn literals_are_nothing_but_themselves() {
        assert_eq!(Shell::Bash.literal("a'$(b)"), "'a'\\''$(b)'");
        assert_eq!(Shell::PowerShell.literal("a'$(b)’"), "'a''$(b)’’'");
    }
}
