"""The tools of the house itself: a shop's people, keys, approvals and record of what was done."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from zhanggui.base import approvals, audit, guide, saved_views
from zhanggui.base.approvals import ApprovalView
from zhanggui.base.auth import accounts, invitations, keys
from zhanggui.base.auth.accounts import Email, MemberRole
from zhanggui.base.masking import mask_values
from zhanggui.base.principals import OWNERS, STAFF, WORKERS
from zhanggui.base.tools import REGISTRY, Call, Input, Nothing, Output, run_approved, tool
from zhanggui.base.words import Text

Id = Annotated[str, Field(min_length=1, max_length=64)]


class MemberView(Output):
    """A person of the shop."""

    user_id: str
    email: str | None
    name: str
    role: MemberRole
    since: datetime


class Members(Output):
    """The shop's people, the longest there first."""

    items: list[MemberView]


@tool("base.list_members", purpose=Text("查看成员", "List members"), risk="read", roles=OWNERS)
async def list_members(call: Call, given: Nothing) -> Members:
    """The shop's people."""
    rows = await accounts.members(call.session, call.shop_id)
    return Members(
        items=[
            MemberView.model_validate(
                {
                    "user_id": user.id,
                    "email": user.email,
                    "name": user.name,
                    "role": row.role,
                    "since": row.created_at,
                }
            )
            for row, user in rows
        ]
    )


@guide.step("people")
async def has_people(call: Call) -> bool:
    """Whether anybody else is in the shop, or was asked to come."""
    if len(await accounts.members(call.session, call.shop_id)) > 1:
        return True
    return await invitations.are_open(call.session, call.shop_id)


class InviteMember(Input):
    """Whom to invite."""

    email: Email
    role: MemberRole


class Invited(Output):
    """The path of the invitation, to be sent to the person; it works once, for seven days."""

    link: str


@tool(
    "base.invite_member",
    purpose=Text("邀请成员", "Invite a member"),
    risk="act",
    roles=OWNERS,
    by_person=True,
    secret=True,
    rate="60 per hour",
)
async def invite_member(call: Call, given: InviteMember) -> Invited:
    """Make an invitation."""
    token = await invitations.issue(
        call.session, email=given.email, role=given.role, by=call.principal.id
    )
    return Invited(link=f"{call.runtime.settings.public_url or ''}/invitation?token={token}")


class ChangeRole(Input):
    """Whose role becomes which."""

    user_id: Id
    role: MemberRole


class Changed(Output):
    """It is done."""

    done: bool = True


@tool(
    "base.change_role",
    purpose=Text("修改成员角色", "Change a member's role"),
    risk="act",
    roles=OWNERS,
    by_person=True,
)
async def change_role(call: Call, given: ChangeRole) -> Changed:
    """Give a member another role. Whoever may do less from now on keeps no key that may do more,
    and their open invitations end when they may no longer invite."""
    if given.role != "owner":
        await accounts.must_keep_an_owner(call.session, call.shop_id, given.user_id)
    row = await accounts.member(call.session, call.shop_id, given.user_id)
    row.role = given.role
    await keys.revoke_made_by(call.session, call.shop_id, given.user_id, above=given.role)
    if given.role != "owner":
        await invitations.withdraw_from(call.session, call.shop_id, given.user_id)
    return Changed()


class RemoveMember(Input):
    """Who leaves."""

    user_id: Id


@tool(
    "base.remove_member",
    purpose=Text("移除成员", "Remove a member"),
    risk="act",
    roles=OWNERS,
    by_person=True,
)
async def remove_member(call: Call, given: RemoveMember) -> Changed:
    """Take a person out of the shop, with the keys and invitations they made and their own views;
    their account stays."""
    await accounts.must_keep_an_owner(call.session, call.shop_id, given.user_id)
    row = await accounts.member(call.session, call.shop_id, given.user_id)
    await call.session.delete(row)
    await keys.revoke_made_by(call.session, call.shop_id, given.user_id)
    await invitations.withdraw_from(call.session, call.shop_id, given.user_id)
    await saved_views.remove_of(call.session, call.shop_id, given.user_id)
    return Changed()


class KeyView(Output):
    """An API key, without its secret."""

    id: str
    name: str
    role: MemberRole
    created_at: datetime
    used_at: datetime | None


class Keys(Output):
    """The keys that work, the newest first."""

    items: list[KeyView]


@tool("base.list_keys", purpose=Text("查看 API 密钥", "List API keys"), risk="read", roles=OWNERS)
async def list_keys(call: Call, given: Nothing) -> Keys:
    """The shop's API keys."""
    rows = await keys.listed(call.session, call.shop_id)
    return Keys(items=[KeyView.model_validate(row, from_attributes=True) for row in rows])


class CreateKey(Input):
    """What the key is for, and what it may do."""

    name: Annotated[str, Field(min_length=1, max_length=100)]
    role: MemberRole = "viewer"


class CreatedKey(Output):
    """The key's text, shown only now."""

    id: str
    key: str


@tool(
    "base.create_key",
    purpose=Text("新建 API 密钥", "Create an API key"),
    risk="act",
    roles=OWNERS,
    by_person=True,
    secret=True,
)
async def create_key(call: Call, given: CreateKey) -> CreatedKey:
    """Make an API key."""
    row, text = await keys.create(
        call.session, name=given.name, role=given.role, by=call.principal.id
    )
    return CreatedKey(id=row.id, key=text)


class RevokeKey(Input):
    """Which key ends."""

    key_id: Id


@tool(
    "base.revoke_key",
    purpose=Text("撤销 API 密钥", "Revoke an API key"),
    risk="act",
    roles=OWNERS,
    by_person=True,
)
async def revoke_key(call: Call, given: RevokeKey) -> Changed:
    """End an API key at once."""
    await keys.revoke(call.session, call.shop_id, given.key_id)
    return Changed()


class Approvals(Output):
    """What waits for an owner, the oldest first."""

    items: list[ApprovalView]


@tool(
    "base.list_approvals",
    purpose=Text("查看待审批", "List approvals"),
    risk="read",
    roles=STAFF,
    recorded=True,
)
async def list_approvals(call: Call, given: Nothing) -> Approvals:
    """The calls that wait for an owner; who looked is recorded. A viewer sees which fields are
    given, and not what is in them."""
    rows = await approvals.waiting(call.session, call.shop_id)
    cipher = call.runtime.cipher
    items = [approvals.view(row, _purpose(row.tool), cipher) for row in rows]
    if call.principal.role not in WORKERS:
        items = [item.model_copy(update={"given": mask_values(item.given)}) for item in items]
    return Approvals(items=items)


class DecideApproval(Input):
    """Which proposal, and whether it runs."""

    approval_id: Id
    approve: bool


class Decided(Output):
    """The proposal as it stands now, and what its call gave when it ran."""

    approval: ApprovalView
    output: dict[str, Any] | None


@tool(
    "base.decide_approval",
    purpose=Text("审批", "Decide an approval"),
    risk="act",
    roles=OWNERS,
    by_person=True,
    secret=True,
)
async def decide_approval(call: Call, given: DecideApproval) -> Decided:
    """Approve or reject; an approved call runs as it was shown, in this same transaction."""
    row = await approvals.decide(
        call.session, call.shop_id, given.approval_id, approve=given.approve, by=call.principal
    )
    output = await run_approved(call, row) if given.approve else None
    return Decided(
        approval=approvals.view(row, _purpose(row.tool), call.runtime.cipher),
        output=output.model_dump(mode="json") if output else None,
    )


class AuditLog(Input):
    """How far back."""

    limit: int = Field(100, ge=1, le=1000)


class AuditEntry(Output):
    """A call that changed something or showed personal data."""

    id: str
    tool: str
    purpose: str
    risk: str
    principal_id: str
    principal_kind: str
    role: str
    at: datetime
    approval_id: str | None


class AuditEntries(Output):
    """The newest first."""

    items: list[AuditEntry]


@tool("base.audit_log", purpose=Text("操作记录", "Audit log"), risk="read", roles=OWNERS)
async def audit_log(call: Call, given: AuditLog) -> AuditEntries:
    """What was done, by whom."""
    rows = await audit.recent(call.session, call.shop_id, given.limit)
    return AuditEntries(
        items=[
            AuditEntry(
                id=row.id,
                tool=row.tool,
                purpose=_purpose(row.tool),
                risk=row.risk,
                principal_id=row.principal_id,
                principal_kind=row.principal_kind,
                role=row.role,
                at=row.at,
                approval_id=row.approval_id,
            )
            for row in rows
        ]
    )


def _purpose(name: str) -> str:
    found = REGISTRY.get(name)
    return str(found.purpose) if found else name
