"""Whether whoever was inspected has signed; a refusal opens its reason and its witness."""

from desktop.domain.rectification import Signature
from desktop.services.rectification.inspections import Signed
from desktop.views.kit.choices import Choice, ChoiceField
from desktop.views.kit.fields import TextField
from desktop.views.kit.forms import FormGrid


class SignatureFields:
    """Three fields of a form that belong together."""

    def __init__(self) -> None:
        choices = [Choice(str(one), one.label) for one in Signature]
        self.signature = ChoiceField("被检查人签名", choices)
        self.reason = TextField("拒绝签名的原因", most=100, required=True)
        self.witness = TextField(
            "见证人", most=40, required=True, hint="不能是检查人；没有见证人的，写明录音、录像。"
        )

        self.signature.changed.connect(self._fit)

    def add_to(self, form: FormGrid) -> None:
        form.add(self.signature, self.reason, self.witness)
        self.begin()

    def begin(self) -> None:
        """Begin with nothing recorded."""
        self.signature.set_value(str(Signature.UNKNOWN))
        self.reason.set_value("")
        self.witness.set_value("")
        self._fit()

    def show_missing(self) -> None:
        """Name what a refusal still wants."""
        if self._is_refused:
            for field in (self.reason, self.witness):
                if not field.value().strip():
                    field.show_error(f"被检查人拒绝签名的，请填“{field.label}”。")

    def signed(self) -> Signed:
        """Return what was filled in; words of a refusal that was taken back do not count."""
        signature = Signature(self.signature.value())
        if not self._is_refused:
            return Signed(signature)
        return Signed(signature, self.reason.value(), self.witness.value())

    @property
    def _is_refused(self) -> bool:
        return self.signature.value() == Signature.REFUSED

    def _fit(self) -> None:
        self.reason.setVisible(self._is_refused)
        self.witness.setVisible(self._is_refused)
