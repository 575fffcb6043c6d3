package io.memlake.engine.objects.token;

import io.memlake.engine.symbols.FieldType;
import io.memlake.engine.symbols.PointerField;
import io.memlake.engine.symbols.StructType;
import io.memlake.engine.symbols.SymbolTable;
import io.memlake.engine.symbols.U32Field;
import io.memlake.engine.symbols.U64Field;
import java.util.Optional;

/**
 * Where the fields of {@code _TOKEN} lie in one kernel. Privileges are three sets of bits since
 * Vista and a list of LUIDs before.
 *
 * @param size bytes of the structure
 * @param sourceName eight characters
 * @param tokenId LUID of the token
 * @param authenticationId LUID of the logon session
 * @param sessionId session
 * @param type {@code TOKEN_TYPE}: 1 primary, 2 impersonation
 * @param impersonationLevel {@code SECURITY_IMPERSONATION_LEVEL}
 * @param flags {@code TokenFlags}
 * @param count how many SIDs the first list has
 * @param list address of the first list
 * @param restrictedCount how many restricting SIDs
 * @param restricted their address
 * @param capabilityCount how many capabilities, since Windows 8
 * @param capabilities their address
 * @param present bits of privileges that are there
 * @param enabled bits of privileges that count
 * @param enabledByDefault bits of privileges that count at first
 * @param privilegeCount how many privileges the list of LUIDs has, before Vista
 * @param privilegeList its address
 * @param logonSession address of the logon session
 * @param accountName offset of the account's name in the logon session, -1 for none
 * @param authorityName offset of the domain's name, -1 for none
 */
record TokenLayout(
    int size,
    int sourceName,
    U64Field tokenId,
    U64Field authenticationId,
    Optional<U32Field> sessionId,
    U32Field type,
    Optional<U32Field> impersonationLevel,
    Optional<U32Field> flags,
    U32Field count,
    PointerField list,
    Optional<U32Field> restrictedCount,
    Optional<PointerField> restricted,
    Optional<U32Field> capabilityCount,
    Optional<PointerField> capabilities,
    Optional<U64Field> present,
    Optional<U64Field> enabled,
    Optional<U64Field> enabledByDefault,
    Optional<U32Field> privilegeCount,
    Optional<PointerField> privilegeList,
    Optional<PointerField> logonSession,
    int accountName,
    int authorityName) {

  static TokenLayout resolve(SymbolTable symbols) {
    StructType token = symbols.struct("_TOKEN");
    Optional<StructType> session = symbols.findStruct("_SEP_LOGON_SESSION_REFERENCES");
    return new TokenLayout(
        token.size(),
        token.offsetOf("TokenSource"),
        new U64Field(token.offsetOf("TokenId")),
        new U64Field(token.offsetOf("AuthenticationId")),
        token.findU32("SessionId"),
        new U32Field(token.offsetOf("TokenType")),
        token.find("ImpersonationLevel").map(field -> new U32Field(field.offset())),
        token.findU32("TokenFlags"),
        token.u32("UserAndGroupCount"),
        token.pointer("UserAndGroups"),
        token.findU32("RestrictedSidCount"),
        token.findPointer("RestrictedSids"),
        token.findU32("CapabilityCount"),
        token.findPointer("Capabilities"),
        token.findU64("Privileges.Present"),
        token.findU64("Privileges.Enabled"),
        token.findU64("Privileges.EnabledByDefault"),
        token.findU32("PrivilegeCount"),
        token.findPointer("Privileges"),
        token.findPointer("LogonSession"),
        offset(session, "AccountName"),
        offset(session, "AuthorityName"));
  }

  private static int offset(Optional<StructType> type, String field) {
    return type.flatMap(found -> found.find(field)).map(FieldType::offset).orElse(-1);
  }
}
