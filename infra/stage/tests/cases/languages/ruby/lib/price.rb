Price = Struct.new(:cents) do
  def to_json(*) = format('%.2f', cents / 100.0)
end
