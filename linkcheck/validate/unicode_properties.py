r"""The names that `\p{...}` can have in ECMA-262 (tables 67 to 70), which are exact: `\p{Lu}`, not `\p{lu}`.

Scripts are not listed: which exist depends on the version of Unicode.
"""

_CATEGORIES = """
L Letter, LC Cased_Letter, Lu Uppercase_Letter, Ll Lowercase_Letter, Lt Titlecase_Letter, Lm Modifier_Letter,
Lo Other_Letter, M Mark Combining_Mark, Mn Nonspacing_Mark, Mc Spacing_Mark, Me Enclosing_Mark,
N Number, Nd Decimal_Number digit, Nl Letter_Number, No Other_Number,
P Punctuation punct, Pc Connector_Punctuation, Pd Dash_Punctuation, Ps Open_Punctuation, Pe Close_Punctuation,
Pi Initial_Punctuation, Pf Final_Punctuation, Po Other_Punctuation,
S Symbol, Sm Math_Symbol, Sc Currency_Symbol, Sk Modifier_Symbol, So Other_Symbol,
Z Separator, Zs Space_Separator, Zl Line_Separator, Zp Paragraph_Separator,
C Other, Cc Control cntrl, Cf Format, Cs Surrogate, Co Private_Use, Cn Unassigned
"""
_BINARY = """
ASCII, ASCII_Hex_Digit AHex, Alphabetic Alpha, Any, Assigned, Bidi_Control Bidi_C, Bidi_Mirrored Bidi_M, Case_Ignorable CI,
Cased, Changes_When_Casefolded CWCF, Changes_When_Casemapped CWCM, Changes_When_Lowercased CWL,
Changes_When_NFKC_Casefolded CWKCF, Changes_When_Titlecased CWT, Changes_When_Uppercased CWU, Dash,
Default_Ignorable_Code_Point DI, Deprecated Dep, Diacritic Dia, Emoji, Emoji_Component EComp, Emoji_Modifier EMod,
Emoji_Modifier_Base EBase, Emoji_Presentation EPres, Extended_Pictographic ExtPict, Extender Ext, Grapheme_Base Gr_Base,
Grapheme_Extend Gr_Ext, Hex_Digit Hex, IDS_Binary_Operator IDSB, IDS_Trinary_Operator IDST, ID_Continue IDC, ID_Start IDS,
Ideographic Ideo, Join_Control Join_C, Logical_Order_Exception LOE, Lowercase Lower, Math, Noncharacter_Code_Point NChar,
Pattern_Syntax Pat_Syn, Pattern_White_Space Pat_WS, Quotation_Mark QMark, Radical, Regional_Indicator RI,
Sentence_Terminal STerm, Soft_Dotted SD, Terminal_Punctuation Term, Unified_Ideograph UIdeo, Uppercase Upper,
Variation_Selector VS, White_Space space, XID_Continue XIDC, XID_Start XIDS
"""


def _by_name(table: str) -> dict[str, str]:
    rows = [row.split() for row in table.split(",")]
    return {name: names[0] for names in rows for name in names}


CATEGORIES = _by_name(_CATEGORIES)
"""Values of `General_Category` with the shortest name of each."""
BINARY = _by_name(_BINARY)
OF_STRINGS = frozenset(
    {
        *("Basic_Emoji", "Emoji_Keycap_Sequence", "RGI_Modifier_Sequence", "RGI_Flag_Sequence", "RGI_Emoji"),
        *("RGI_Emoji_Modifier_Sequence", "RGI_Emoji_Flag_Sequence", "RGI_Emoji_Tag_Sequence", "RGI_Emoji_ZWJ_Sequence"),
    }
)
"""Properties of sequences of characters, which only the flag `v` of JavaScript knows."""
