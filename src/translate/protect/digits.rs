//! Decimal digits of all common scripts.

/// Where the digits 0 to 9 of a script begin (Unicode 16, general category Nd).
const ZEROS: &[char] =
    &['0', '٠', '۰', '߀', '०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦', '๐', '໐', '༠', '၀', '០', '᠐', '０'];

/// The value of a decimal digit of any common script.
pub(super) fn digit(c: char) -> Option<u8> {
    if c.is_ascii() {
        return c.is_ascii_digit().then(|| c as u8 - b'0');
    }
    ZEROS.iter().find_map(|&zero| {
        let value = (c as u32).checked_sub(zero as u32)?;
        u8::try_from(value).ok().filter(|&value| value < 10)
    })
}

/// The digits that `text` begins with, in ASCII, and how many bytes they take.
pub(super) fn digits(text: &str) -> (String, usize) {
    let mut ascii = String::new();
    let mut end = 0;
    for c in text.chars() {
        let Some(value) = digit(c) else { break };
        ascii.push(char::from(b'0' + value));
        end += c.len_utf8();
    }
    (ascii, end)
}

/// Like [`digits`], but nothing when there are more than `most`.
pub(super) fn few_digits(text: &str, most: usize) -> Option<(u32, usize, usize)> {
    let mut value = 0_u32;
    let (mut count, mut end) = (0, 0);
    for c in text.chars() {
        let Some(d) = digit(c) else { break };
        count += 1;
        if count > most {
            return None;
        }
        value = value * 10 + u32::from(d);
        end += c.len_utf8();
    }
    (count > 0).then_some((value, count, end))
}
