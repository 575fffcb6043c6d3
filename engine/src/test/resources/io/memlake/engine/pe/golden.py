"""Makes sample.bin, an executable laid out as in memory, and prints what pefile reads from it."""
import struct, sys, pefile

PAGE = 0x1000
image = bytearray(5 * PAGE)

def put(at, data):
    image[at:at + len(data)] = data

def text(at, value):
    put(at, value.encode() + b"\0")

# DOS header, Rich header at 0x80, PE header at 0x100.
put(0, b"MZ")
put(0x3C, struct.pack("<I", 0x100))
key = 0x51A7C0DE
rich = [0x536E6144, 0, 0, 0, 0x00937809, 7, 0x01057809, 3]
put(0x80, struct.pack("<8I", *[word ^ key for word in rich]) + b"Rich" + struct.pack("<I", key))
put(0x100, b"PE\0\0" + struct.pack("<HHIIIHH", 0x8664, 3, 0x5E000000, 0, 0, 0xF0, 0x22))
optional = struct.pack("<HBBIIIII", 0x20B, 14, 0, PAGE, 2 * PAGE, 0, PAGE, PAGE)
optional += struct.pack("<QIIHHHHHHIIIIHH", 0x140000000, PAGE, PAGE, 6, 0, 0, 0, 6, 0, 0, 5 * PAGE, PAGE, 0xABCD, 3, 0)
optional += struct.pack("<QQQQII", 0x100000, 0x1000, 0x100000, 0x1000, 0, 16)
directories = [(0, 0)] * 16
directories[0] = (0x2800, 0x100)
directories[1] = (0x2000, 0x50)
directories[2] = (0x3000, 0x400)
optional += b"".join(struct.pack("<II", *d) for d in directories)
put(0x118, optional)
sections = [(".text", 1, 0x60000020), (".rdata", 2, 0x40000040), (".rsrc", 3, 0x40000040)]
for i, (name, page, flags) in enumerate(sections):
    put(0x208 + i * 40, struct.pack("<8sIIIIIIHHI", name.encode(), PAGE, page * PAGE, PAGE, page * PAGE, 0, 0, 0, 0, flags))

# Imports: two by name, two by number, one of which has a well-known name.
modules = [("KERNEL32.dll", ["ExitProcess", "VirtualAlloc"]), ("WS2_32.dll", [115]), ("custom.OCX", [7])]
name_at, thunk_at = 0x2200, 0x2400
for i, (module, functions) in enumerate(modules):
    text(name_at, module)
    module_at, name_at = name_at, name_at + 0x20
    first = thunk_at
    for function in functions:
        if isinstance(function, int):
            put(thunk_at, struct.pack("<Q", 1 << 63 | function))
        else:
            put(name_at, struct.pack("<H", 0))
            text(name_at + 2, function)
            put(thunk_at, struct.pack("<Q", name_at))
            name_at += 0x20
        thunk_at += 8
    thunk_at += 8
    put(0x2000 + i * 20, struct.pack("<IIIII", first, 0, 0, module_at, first + 0x200))

# Exports: three functions.
text(0x2880, "sample.dll")
put(0x2800, struct.pack("<IIHHIIIIIII", 0, 0, 0, 0, 0x2880, 1, 3, 0, 0x28A0, 0, 0))

# Version resource.
def wide(value):
    return value.encode("utf-16le") + b"\0\0"

def pad(data):
    return data + b"\0" * (-len(data) % 4)

def node(key, value, kind, children):
    value_length = len(value) // 2 if kind else len(value)
    body = pad(b"\0" * 6 + wide(key))[6:]
    body += pad(value) + b"".join(pad(child) for child in children)
    return struct.pack("<HHH", 6 + len(body), value_length, kind) + body

strings = [("CompanyName", "Example GmbH"), ("FileDescription", "Prüfling"), ("FileVersion", "1.2.3.4"),
           ("OriginalFilename", "sample.dll"), ("ProductName", "Sample")]
table = node("040904b0", b"", 1, [node(k, wide(v), 1, []) for k, v in strings])
fixed = struct.pack("<13I", 0xFEEF04BD, 0x10000, 0x10002, 0x30004, 0x10002, 0x30004, 0x3F, 0, 4, 2, 0, 0, 0)
version = node("VS_VERSION_INFO", fixed, 0, [node("StringFileInfo", b"", 1, [table])])
for level, target in ((0, 0x18 | 1 << 31), (0x18, 0x30 | 1 << 31), (0x30, 0x48)):
    put(0x3000 + level, struct.pack("<IIHHHH", 0, 0, 0, 0, 0, 1))
    identifier = 16 if level == 0 else 1 if level == 0x18 else 0x409
    put(0x3010 + level, struct.pack("<II", identifier, target))
put(0x3048, struct.pack("<IIII", 0x3080, len(version), 0, 0))
put(0x3080, version)

open(sys.argv[1], "wb").write(image)
pe = pefile.PE(data=bytes(image))
print("imphash", pe.get_imphash())
print("rich", pe.get_rich_header_hash())
print("imports", [(m.dll, len(m.imports)) for m in pe.DIRECTORY_ENTRY_IMPORT])
print("exports", pe.DIRECTORY_ENTRY_EXPORT.struct.NumberOfFunctions, pe.DIRECTORY_ENTRY_EXPORT.name)
print("version", [s.entries for i in pe.FileInfo[0] if hasattr(i, "StringTable") for s in i.StringTable])
