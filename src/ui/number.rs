//! Figures as people read them.

use crate::cost::Money;

/// `$1,234.50`
pub fn dollars(amount: Money) -> String {
    let amount = amount.dollars();
    let cents = (amount.abs() * 100.0).round();
    let whole = (cents / 100.0).floor();
    let sign = if amount < 0.0 && cents > 0.0 {
        "−"
    } else {
        ""
    };
    format!(
        "{sign}${}.{:02}",
        grouped(whole as u64),
        (cents - whole * 100.0) as u64
    )
}

/// `$0.0116`: a unit price, which has up to six decimals.
pub fn price(amount: Money) -> String {
    let amount = amount.dollars();
    let shown = format!("{amount:.6}");
    let shown = shown.trim_end_matches('0');
    let decimals = shown.split('.').nth(1).map_or(0, str::len);
    format!("${amount:.*}", decimals.max(2))
}

/// A difference: `+$32.85`, `−$4.00`.
pub fn change(amount: Money) -> String {
    let sign = if amount > Money::ZERO { "+" } else { "" };
    format!("{sign}{}", dollars(amount))
}

/// `1,234`, `0.5`
pub fn quantity(amount: f64) -> String {
    let thousandths = (amount.abs() * 1000.0).round() as u64;
    let fraction = format!(".{:03}", thousandths % 1000);
    let fraction = fraction.trim_end_matches('0').trim_end_matches('.');
    format!("{}{fraction}", grouped(thousandths / 1000))
}

fn grouped(whole: u64) -> String {
    let digits = whole.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `02:05`, `60:00`
pub fn clock(seconds: f64) -> String {
    let whole = seconds.max(0.0) as u64;
    format!("{:02}:{:02}", whole / 60, whole % 60)
}

/// `75 %`
pub fn percent(share: f64) -> String {
    format!("{} %", (share * 100.0).round())
}

/// `12.3 KB`
pub fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.1} KB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

/// `$131`: where there is no room for cents.
pub fn whole_dollars(amount: Money) -> String {
    format!("${}", grouped(amount.dollars().max(0.0).round() as u64))
}
