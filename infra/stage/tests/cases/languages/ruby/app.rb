require 'json'
require_relative 'lib/price'

class Strange < StandardError; end

def handler(event:, context:)
  case event['act']
  when 'context'
    { name: context.function_name, memory: context.memory_limit_in_mb, arn: context.invoked_function_arn,
      id: context.aws_request_id.size, remaining: context.get_remaining_time_in_millis.positive?,
      client: context.client_context, execution: ENV['AWS_EXECUTION_ENV'], trace: ENV['_X_AMZN_TRACE_ID'].size.positive?,
      root: ENV['LAMBDA_TASK_ROOT'] == Dir.pwd, text: 'Grüße', price: Price.new(1990) }
  when 'prints' then puts 'printed by the handler'
  when 'stream' then StringIO.new('{"as": "it is"}')
  when 'fails' then raise Strange, 'not like this'
  when 'default' then File.read(__FILE__).valid_encoding?
  when 'garbled' then raise "bad \xff byte"
  when 'mistake' then nobody_knows
  when 'exits' then exit 3
  end
end

module Shop
  class Orders
    def self.count(event:, context:) = event.size
  end
end
